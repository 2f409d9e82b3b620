import { expect, test } from "vitest";
import { runs } from "../../../../renderer/charts/runs.ts";

const none = Number.NaN;
test.each([
  ["one stretch", [1, 2, 3], [[0, 3]]],
  [
    "parted by an unknown step",
    [1, none, 3],
    [
      [0, 1],
      [2, 3],
    ],
  ],
  ["unknown at both ends", [none, 2, 3, none], [[1, 3]]],
  ["0 is a value", [0, 0], [[0, 2]]],
  ["nothing known", [none, none], []],
  ["empty", [], []],
])("%s", (_, values, expected) => {
  expect(runs(values).map(({ from, to }) => [from, to])).toEqual(expected);
});
