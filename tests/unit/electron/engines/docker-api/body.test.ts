import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson, readBody, readLines } from "../../../../../electron/engines/docker-api/body.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const chunks = async function* (...parts: readonly (string | Uint8Array)[]) {
  for (const part of parts) yield Buffer.from(part as Uint8Array);
};
const lines = async (most: number, ...parts: readonly (string | Uint8Array)[]) => {
  const found: (string | null)[] = [];
  for await (const line of readLines(chunks(...parts), most)) found.push(line);
  return found;
};

test("several lines in a chunk, a line over several chunks, the last without its end", async () => {
  expect(await lines(100, "one\ntw", "o\n\nthr", "ee\nfour")).toEqual(["one", "two", "three"]);
});

test("a chunk that ends inside a character", async () => {
  const korean = Buffer.from("무게\n");
  expect(await lines(100, korean.subarray(0, 1), korean.subarray(1, 5), korean.subarray(5))).toEqual([
    "무게",
  ]);
});

test("a line beyond the cap is dropped and told, the next one is read", async () => {
  expect(await lines(8, "x".repeat(5), "x".repeat(5), "x\nshort\n")).toEqual([null, "short"]);
});

test("a record separator stands before the line, not in it", async () => {
  expect(await lines(100, "\u001e{}\n")).toEqual(["{}"]);
});

test("however a text is cut, its lines are the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string()), fc.array(fc.nat(200)), async (texts, cuts) => {
      const clean = texts
        .map((text) =>
          text
            .replace(/[\n\r]/g, "")
            .replaceAll("\u001e", "")
            .trim(),
        )
        .filter((text) => text !== "");
      const bytes = Buffer.from(clean.map((text) => `${text}\n`).join(""));
      const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const parts = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      const whole = clean.map((text) => Buffer.from(text).toString().trim());
      expect(await lines(10_000, ...parts)).toEqual(whole);
    }),
    fuzzRuns(1_000),
  );
});

test("a body is read to its cap and no further", async () => {
  expect(await readBody(Readable.from([Buffer.from("ab"), Buffer.from("cd")]), 4)).toBe("abcd");
  let given = 0;
  const endless = new Readable({
    read() {
      given++;
      this.push(Buffer.alloc(1_000));
    },
  });
  await expect(readBody(endless, 10_000)).rejects.toThrow("longer than 10000 bytes");
  expect(given).toBeLessThan(100);
});

test("a body that would be millions of objects is refused before it is parsed", async () => {
  const dense = (count: number) => Readable.from([Buffer.from(`[${"[],".repeat(count)}{}]`)]);
  expect(JSON.parse(await readBody(dense(200_000), 1 << 20))).toHaveLength(200_001);
  await expect(readBody(dense(250_000), 1 << 20)).rejects.toThrow("more than 250000 objects");
});

test("a character that is cut between two pieces comes out whole", async () => {
  const bytes = Buffer.from('"무게"');
  expect(await readBody(Readable.from([bytes.subarray(0, 2), bytes.subarray(2)]), 100)).toBe('"무게"');
});

test("a text of a megabyte and more is refused before it is held, also over many pieces", async () => {
  const pieces = (size: number) =>
    Readable.from([
      Buffer.from('["'),
      ...Array.from({ length: size / 1024 }, () => Buffer.alloc(1024, "x")),
      Buffer.from('"]'),
    ]);
  expect(await readBody(pieces(1 << 19), 1 << 23)).toHaveLength((1 << 19) + 4);
  await expect(readBody(pieces(1 << 21), 1 << 23)).rejects.toThrow("a text longer than 1048576 bytes");
});

test("what is no JSON is named by its start", () => {
  expect(() => parseJson("<html>proxy</html>")).toThrow("not JSON: <html>proxy");
});
