import { expect, test } from "vitest";
import { quantile } from "../../../../shared/stats/quantile.ts";

test.each([
  // position = (n - 1) p, straight between its neighbours; the same as R's quantile(x, p, type = 7)
  [[1, 2, 3, 4], 0.5, 2.5], //        1.5: 2 + 0.5 x 1
  [[1, 2, 3, 4], 0.25, 1.75], //      0.75: 1 + 0.75 x 1
  [[10, 20, 40, 80, 160], 0.95, 144], // 3.8: 80 + 0.8 x 80
  [[10, 20, 40, 80, 160], 0.5, 40],
  [[7], 0.95, 7],
  [[1, 9], 0, 1],
  [[1, 9], 1, 9],
  [[1, 9], 1.5, 9],
  [[], 0.5, null],
] as const)("%j at %s is %s", (sorted, p, expected) => {
  const value = quantile(sorted, p);
  if (expected === null) expect(value).toBeNull();
  else expect(value).toBeCloseTo(expected, 12);
});
