import { expect, test } from "vitest";
import { ratioOfMedians } from "../../../../shared/stats/ratio-of-medians.ts";

test.each([
  // Below always 2. The median of three draws is 6 in 7 of 27, 8 in 13, 10 in 7: 2.5 % on either side is 6 and 10.
  [[6, 8, 10], [2, 2, 2], { value: 4, low: 3, high: 5 }],
  // Order is nothing.
  [[10, 6, 8], [2, 2, 2], { value: 4, low: 3, high: 5 }],
  // Two draws of 1 and 3: medians 1, 2, 3 with 1/4, 1/2, 1/4.
  [[1, 3], [1, 1], { value: 2, low: 1, high: 3 }],
  // One each: no width.
  [[9], [3], { value: 3, low: 3, high: 3 }],
  // Both vary: 2 of 3 draws are the same 100, so the least ratio is 100/2, the greatest 100/1; the median's median is 1 or 2.
  [[100], [1, 2, 2], { value: 50, low: 50, high: 100 }],
] as const)("%j against %j", (these, those, expected) => {
  const found = ratioOfMedians(these, those, 1);
  expect(found?.value).toBeCloseTo(expected.value, 12);
  expect(found?.low).toBeCloseTo(expected.low, 12);
  expect(found?.high).toBeCloseTo(expected.high, 12);
});

test("unknown where a sample is empty or a median is not above 0", () => {
  expect(ratioOfMedians([], [1], 1)).toBeNull();
  expect(ratioOfMedians([1], [], 1)).toBeNull();
  expect(ratioOfMedians([1], [0, 0, 1], 1)).toBeNull();
});

test("the same seed gives the same interval", () => {
  const these = [1_480, 1_600, 1_634, 1_722, 1_590];
  const those = [179, 239, 253, 231, 240];
  expect(ratioOfMedians(these, those, 5)).toEqual(ratioOfMedians(these, those, 5));
});

test("the interval of a shifted sample holds the truth about 95 times in 100", () => {
  // Two samples of 15 from one even spread over 90 to 110: the true ratio is 1.
  let state = 7;
  const draw = () => {
    state = (state * 48_271) % 2_147_483_647;
    return 90 + (20 * state) / 2_147_483_647;
  };
  let holds = 0;
  for (let turn = 0; turn < 200; turn++) {
    const sample = () => Array.from({ length: 15 }, draw);
    const found = ratioOfMedians(sample(), sample(), turn);
    if (found && found.low <= 1 && found.high >= 1) holds++;
  }
  expect(holds).toBeGreaterThan(180);
  // Not by being as wide as a barn door.
  expect(holds).toBeLessThan(200);
});
