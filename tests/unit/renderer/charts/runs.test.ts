import { expect, test } from "vitest";
import { runs, torn } from "../../../../renderer/charts/runs.ts";

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

test("a hole in time parts as an unknown step does", () => {
  // 1 s steps, then 5 s asleep: more than three steps
  const steps = { at: [1000, 2000, 7000, 8000], step: [1000, 1000, 1000, 1000] };
  expect(runs([1, 1, 1, 1], steps)).toEqual([
    { from: 0, to: 2 },
    { from: 2, to: 4 },
  ]);
  expect(torn(steps, 0)).toBe(false);
});

test("where steps of 10 s meet steps of 1 s the line goes on", () => {
  const steps = { at: [0, 10_000, 20_000, 21_000], step: [10_000, 10_000, 1000, 1000] };
  expect(runs([1, 1, 1, 1], steps)).toEqual([{ from: 0, to: 4 }]);
});
