import * as fc from "fast-check";
import { expect, test } from "vitest";
import { squarify } from "../../../../../renderer/views/scale/area-layout.ts";

const box = { x: 10, y: 20, width: 600, height: 400 };

test("the example of the paper: 6, 6, 4, 3, 2, 2, 1 in 6 x 4", () => {
  const tiles = squarify(
    [6, 6, 4, 3, 2, 2, 1].map((weight, index) => ({ id: `${index}`, weight })),
    { x: 0, y: 0, width: 6, height: 4 },
  );
  // The two sixes share a column of 3 x 4, each 3 x 2.
  expect(tiles.slice(0, 2)).toEqual([
    { id: "0", x: 0, y: 0, width: 3, height: 2 },
    { id: "1", x: 0, y: 2, width: 3, height: 2 },
  ]);
  expect(tiles).toHaveLength(7);
});

test("areas are as the weights, and stay in the box, whatever is weighed", () => {
  void fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 2 ** 40 }), { minLength: 1, maxLength: 60 }),
      (weights) => {
        const sorted = [...weights].sort((a, b) => b - a);
        const total = sorted.reduce((sum, weight) => sum + weight, 0);
        const tiles = squarify(
          sorted.map((weight, index) => ({ id: `${index}`, weight })),
          box,
        );
        for (const [index, { x, y, width, height }] of tiles.entries()) {
          const share = (sorted[index] as number) / total;
          expect(width * height).toBeCloseTo(share * box.width * box.height, 3);
          expect(x).toBeGreaterThanOrEqual(box.x - 1e-3);
          expect(y + height).toBeLessThanOrEqual(box.y + box.height + 1e-3);
          expect(x + width).toBeLessThanOrEqual(box.x + box.width + 1e-3);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("what weighs nothing gets no tile, and nothing at all no error", () => {
  expect(squarify([{ id: "a", weight: 0 }], box)).toEqual([]);
  expect(squarify([], box)).toEqual([]);
});
