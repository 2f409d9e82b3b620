import { expect, test } from "vitest";
import { gaps } from "../../../../renderer/charts/gaps.ts";

const none = Number.NaN;
const seconds = (...at: number[]) => ({
  at: at.map((each) => each * 1000),
  step: at.map(() => 1000),
});
const span = { from: 0, to: 60_000 };

test.each([
  ["measured throughout", [1, 1, 1], seconds(0, 30, 60), []],
  ["one step unknown between two", [1, none, 1], seconds(0, 20, 60), [[0, 60]]],
  ["begins late", [1, 1], seconds(40, 60), [[0, 40]]],
  ["ended", [1, 1, none], seconds(0, 30, 31), [[30, 60]]],
  ["nothing known", [none], seconds(30), [[0, 60]]],
  ["the newest sample is always a little old", [1, 1], seconds(0, 58), []],
  ["what lies outside is not told", [1, none, 1, 1], seconds(-90, -60, -30, 60), []],
])("%s", (_, values, steps, expected) => {
  const found = gaps(values, steps, span, 3_500);
  expect(found.map(({ from, to }) => [from / 1000, to / 1000])).toEqual(expected);
});
