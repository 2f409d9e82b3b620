import { expect, test } from "vitest";
import { serialLines } from "../../../../../electron/lab/guest/serial-lines.ts";

/** All lines of a text that comes in pieces of `size` bytes. */
function linesOf(text: string, size: number): readonly string[] {
  const { feed, rest } = serialLines();
  const bytes = Buffer.from(text);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += size) lines.push(...feed(bytes.subarray(at, at + size)));
  return [...lines, ...rest()];
}

test.each([1, 2, 7, 4_096])("lines are whole whatever the pieces are: %i bytes", (size) => {
  expect(linesOf("[    0.0] Linux version 6.1\r\n\r\n이름 web\r\nTARE:x:in", size)).toEqual([
    "[    0.0] Linux version 6.1",
    "",
    "이름 web",
    "TARE:x:in",
  ]);
});

test("colours and movements of the cursor are taken out", () => {
  expect(
    linesOf("\u001b[0;32m  OK  \u001b[0m] Started\u001b[K nginx\r\r\n\u001bc\u001b(Bready\n", 3),
  ).toEqual(["  OK  ] Started nginx", "ready"]);
});

test("an endless line keeps its beginning, and a marker at its end", () => {
  const { feed, rest } = serialLines();
  const piece = Buffer.alloc(1 << 16, "x");
  expect(feed(Buffer.from("begin "))).toEqual([]);
  for (let count = 0; count < 64; count++) expect(feed(piece)).toEqual([]);
  const [line = "", ...more] = [...feed(Buffer.from("TARE:n:ready\r\n")), ...rest()];
  expect(more).toEqual([]);
  expect(line.length).toBeLessThanOrEqual(4_096);
  expect(line.startsWith("begin xxx")).toBe(true);
  expect(line.endsWith("xTARE:n:ready")).toBe(true);
});
