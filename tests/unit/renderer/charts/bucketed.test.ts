import { expect, test } from "vitest";
import { bucketed } from "../../../../renderer/charts/bucketed.ts";

const none = Number.NaN;

test("rows of even length on round moments, newest first, the one that is not over left out", () => {
  const at = [0, 1, 2, 3, 4, 5, 6, 7].map((second) => second * 1000);
  const steps = { at, step: at.map(() => 1000) };
  // 8 s in at most 4 rows: 2 s each
  const { length, rows } = bucketed([[1, 3, none, 8, none, none, 5, 7]], steps, { from: 0, to: 7_500 }, 4);
  expect(length).toBe(2000);
  expect(rows.map(({ from, means }) => [from, means[0]])).toEqual([
    [4000, none],
    [2000, 8],
    [0, 2],
  ]);
});

test("a step of ten seconds weighs ten times a second", () => {
  const steps = { at: [5_000, 10_000], step: [10_000, 1_000] };
  const { rows } = bucketed([[1, 12]], steps, { from: 0, to: 60_000 }, 1);
  expect(rows[0]?.means[0]).toBeCloseTo(22 / 11, 9); // (1 x 10 + 12 x 1) / 11
});
