import * as fc from "fast-check";
import { expect, test } from "vitest";
import { spread } from "../../../../renderer/charts/spread.ts";

test.each([
  ["far enough apart: nothing moves", [10, 50, 90], [10, 50, 90]],
  ["two at one place share the way", [50, 50], [43, 57]],
  ["three share it too", [50, 50, 50], [36, 50, 64]],
  ["a pair pushed by a third moves as one", [40, 50, 52], [33.333, 47.333, 61.333]], // mean of 40, 36, 24 = 33.3
  ["at the upper edge", [0, 3], [2, 16]],
  ["at the lower edge", [99, 100], [84, 98]],
  ["the order given is kept in the answer", [57, 43, 50], [64, 36, 50]],
  ["a limit above the plot stands at the top", [Number.NEGATIVE_INFINITY, 60], [2, 60]],
  ["none", [], []],
])("%s", (_, wanted, expected) => {
  const places = spread(wanted, 14, 2, 98);
  expect(places).toHaveLength(expected.length);
  for (const [index, place] of expected.entries()) expect(places[index]).toBeCloseTo(place, 2);
});

test("labels never touch, never change order, and stay inside where there is room", () => {
  void fc.assert(
    fc.property(fc.array(fc.double({ min: -50, max: 250, noNaN: true }), { maxLength: 6 }), (wanted) => {
      const places = spread(wanted, 14, 0, 184);
      const sorted = [...places].sort((a, b) => a - b);
      for (let index = 1; index < sorted.length; index++)
        expect((sorted[index] ?? 0) - (sorted[index - 1] ?? 0)).toBeGreaterThan(13.999);
      for (const place of places) {
        expect(place).toBeGreaterThanOrEqual(-0.001);
        expect(place).toBeLessThanOrEqual(184.001);
      }
      for (const [i, a] of wanted.entries())
        for (const [j, b] of wanted.entries()) if (a < b) expect(places[i]).toBeLessThan(places[j] ?? 0);
    }),
  );
});
