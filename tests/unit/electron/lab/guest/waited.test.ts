import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseWaited, readWaited } from "../../../../../electron/lab/guest/waited.ts";

test.each([
  ["1381204110 20661 312\n", 20_661],
  ["0 0 0\n", 0],
  ["", null],
  ["1381204110\n", null],
  ["a 2 3\n", null],
])("%j", (text, expected) => {
  expect(parseWaited(text)).toBe(expected);
});

test("this process waited for a processor no longer than it is old, as its own file says", () => {
  const main = parseWaited(readFileSync(`/proc/${process.pid}/schedstat`, "latin1")) ?? Number.NaN;
  const longest = readWaited(process.pid);
  expect(longest).toBeGreaterThanOrEqual(main / 1e6);
  expect(longest).toBeLessThan(process.uptime() * 1_000);
  expect(readWaited(2 ** 22 + 1)).toBe(0);
});
