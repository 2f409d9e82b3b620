import fc from "fast-check";
import { expect, test } from "vitest";
import { decimate } from "../../../../shared/series/decimate.ts";

test("few enough: all of them", () => {
  expect(decimate([5, null, 7], 8)).toEqual([0, 1, 2]);
  expect(decimate([], 8)).toEqual([]);
});

test("of each stretch the least and the greatest, and the two ends", () => {
  //              0  1  2  3  4  5 | 6  7  8  9 10 11
  const values = [2, 3, 1, 9, 4, 5, 3, 0, 2, 4, 8, 7];
  // (8 - 2) / 3 = 2 stretches: 1 at 2 and 9 at 3; 0 at 7 and 8 at 10
  expect(decimate(values, 8)).toEqual([0, 2, 3, 7, 10, 11]);
});

test("a gap stays open, whether it is null or NaN", () => {
  const values = [2, 3, null, 9, 4, 5, 3, 0, Number.NaN, 4, 8, 7];
  expect(decimate(values, 8)).toEqual([0, 2, 3, 7, 8, 10, 11]);
});

test("whatever is drawn: at most so many, in order, with the peaks", () => {
  const value = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(null));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 500 }), fc.integer({ min: 8, max: 100 }), (values, points) => {
      const indices = decimate(values, points);
      expect(indices.length).toBeLessThanOrEqual(points);
      expect(indices).toEqual([...new Set(indices)].sort((a, b) => a - b));
      const known = (one: readonly (number | null | undefined)[]) =>
        one.filter((each): each is number => typeof each === "number" && !Number.isNaN(each));
      const [all, drawn] = [known(values), known(indices.map((index) => values[index]))];
      if (all.length > 0) {
        expect(Math.max(...drawn)).toBe(Math.max(...all));
        expect(Math.min(...drawn)).toBe(Math.min(...all));
      }
    }),
  );
});
