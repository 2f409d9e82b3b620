import { expect, test } from "vitest";
import { theilSen } from "../../../../shared/stats/theil-sen.ts";

test("a straight line is found, whatever one point in five says", () => {
  const line = theilSen([0, 1, 2, 3, 4], [1, 3, 5, 700, 9]);
  expect(line?.slope).toBe(2); // 6 of 10 pairs have slope 2
  expect(line?.intercept).toBe(1);
});

test("the fit says how far points lie off the line, beside what it rises", () => {
  expect(theilSen([0, 1, 2, 3, 4], [0, 1, 2, 3, 4])?.fit).toBe(1);
  // Stairs around a slope of 0.86, which rises by 6.9: four of five points are at most 0.9 off.
  expect(theilSen([0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 1, 4, 4, 4, 7, 7, 7])?.fit).toBeCloseTo(0.73, 1);
  // Most points on a line say little where the others tell of another one.
  expect(theilSen([0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 0, 1, 2])?.fit).toBeLessThan(0.3);
  expect(theilSen([0, 1, 2, 3], [5, 5, 5, 5])?.fit).toBe(0);
});

test("too few points, or all at one x, have no line", () => {
  expect(theilSen([0, 1], [0, 1])).toBeNull();
  expect(theilSen([3, 3, 3], [0, 1, 2])).toBeNull();
});
