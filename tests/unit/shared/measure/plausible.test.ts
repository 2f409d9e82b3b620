import { expect, test } from "vitest";
import { plausible, sumOfKnown } from "../../../../shared/measure/plausible.ts";

test.each([
  ["as it is", 3, 10, 3],
  ["nothing is a figure too", 0, 10, 0],
  ["at capacity", 10, 10, 10],
  ["over capacity", 10.1, 10, null],
  ["negative", -1, 10, null],
  ["not a number", Number.NaN, 10, null],
  ["endless", Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, null],
  ["unknown", null, 10, null],
  ["2^60 is the last that is believed", 2 ** 60, Number.POSITIVE_INFINITY, 2 ** 60],
  ["u64's -1 of a guest that tells nothing", Number("18446744073709551615"), Number.POSITIVE_INFINITY, null],
] as const)("%s", (_, value, capacity, believed) => {
  expect(plausible(value, capacity)).toBe(believed);
});

test.each([
  [[3, 4], 7],
  [[3, null], 3],
  [[null, null], null],
  [[], null],
] as const)("the known of %j", (parts, sum) => {
  expect(sumOfKnown(...parts)).toBe(sum);
});
