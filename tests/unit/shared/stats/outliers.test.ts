import { expect, test } from "vitest";
import { median, outliers } from "../../../../shared/stats/outliers.ts";

const far = (values: readonly number[]) => values.filter((_, place) => outliers(values)[place]);

test.each([
  // median 12, distances 2 1 0 1 18, MAD 1: 30 scores 0.6745 x 18 = 12.1
  [[10, 11, 12, 13, 30], [30]],
  // the same, in another order: places are kept
  [[30, 13, 12, 11, 10], [30]],
  // 17: 0.6745 x 5 = 3.37, just inside; 18: 0.6745 x 6 = 4.05, outside
  [[10, 11, 12, 13, 17], []],
  [[10, 11, 12, 13, 18], [18]],
  // faster ones are marked as well
  [[1, 11, 12, 13, 14], [1]],
  // four say nothing of what is usual
  [[10, 11, 12, 300], []],
  // more than half equal: MAD 0, no measure of distance
  [[5, 5, 5, 5, 9], []],
  [[], []],
] as const)("of %j %j lie far out", (values, expected) => {
  expect(far(values)).toEqual(expected);
  expect(outliers(values)).toHaveLength(values.length);
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
  [[], null],
] as const)("the median of %j is %s", (values, expected) => {
  expect(median(values)).toBe(expected);
});
