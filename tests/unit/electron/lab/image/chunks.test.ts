import { PassThrough, Readable } from "node:stream";
import { expect, test } from "vitest";
import { chunksOf } from "../../../../../electron/lab/image/chunks.ts";

const all = async (stream: Readable) => {
  const found: Buffer[] = [];
  for await (const chunk of chunksOf(stream)) found.push(chunk);
  return found;
};
const numbered = (count: number) => Array.from({ length: count }, (_, index) => Buffer.from(String(index)));

test("gives each chunk as it came, in order, from a stream that is ahead and from one that is behind", async () => {
  const chunks = numbered(500);
  const ahead = new PassThrough({ highWaterMark: 1 << 20 });
  for (const chunk of chunks) ahead.write(chunk);
  ahead.end();
  expect(await all(ahead)).toEqual(chunks);
  const behind = Readable.from(
    (async function* () {
      for (const chunk of chunks) {
        await new Promise(setImmediate);
        yield chunk;
      }
    })(),
  );
  expect(await all(behind)).toEqual(chunks);
});

test("holds the stream up while nobody takes", async () => {
  let given = 0;
  const stream = new Readable({
    highWaterMark: 10,
    read() {
      given++;
      this.push(given > 1_000 ? null : Buffer.alloc(10));
    },
  });
  const chunks = chunksOf(stream);
  await chunks.next();
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(given).toBeLessThan(100);
  let rest = 0;
  for await (const _ of chunks) rest++;
  expect(rest).toBe(999);
});

test("throws what the stream throws, and for one that is closed before its end", async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from("a");
      throw new RangeError("cut");
    })(),
  );
  await expect(all(broken)).rejects.toThrow("cut");
  const closed = new PassThrough();
  closed.write("a");
  setImmediate(() => closed.destroy());
  await expect(all(closed)).rejects.toThrow("closed before its end");
});

test("destroys the stream when its reader stops", async () => {
  const stream = new PassThrough();
  stream.write("a");
  for await (const _ of chunksOf(stream)) break;
  expect(stream.destroyed).toBe(true);
});
