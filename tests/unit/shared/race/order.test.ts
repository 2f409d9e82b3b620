import fc from "fast-check";
import { expect, test } from "vitest";
import { orderOf } from "../../../../shared/race/order.ts";
import { wish } from "../../../fixtures/race.ts";

const short = (seed: number, change: Partial<typeof wish>) =>
  orderOf({ ...wish, ...change }, seed)
    .map(({ kind, cold }) => (cold ? kind[0]?.toUpperCase() : kind[0]))
    .join("");

test("cold ones first, in turns; then each kind as often as was asked for", () => {
  const order = short(1, { runs: 10, warmup: 2 });
  expect(order).toMatch(/^CVCV[cv]{20}$/);
  expect([...order].filter((one) => one === "c")).toHaveLength(10);
});

test("shuffled by its seed, the same each time", () => {
  expect(short(1, { runs: 10 })).toBe(short(1, { runs: 10 }));
  expect(new Set([1, 2, 3, 4, 5].map((seed) => short(seed, { runs: 10 }))).size).toBeGreaterThan(1);
});

test("never more than two of one kind in a row, and each first about half of the time", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      expect(short(seed, { runs: 30, warmup: 1 }).toLowerCase()).not.toMatch(/ccc|vvv/);
    }),
  );
  const pairs = short(3, { runs: 100, warmup: 0 }).match(/../g) ?? [];
  const first = pairs.filter((pair) => pair === "cv").length;
  expect(first).toBeGreaterThan(35);
  expect(first).toBeLessThan(65);
});

test("one kind alone; named twice is named once", () => {
  expect(short(1, { runs: 3, warmup: 1, kinds: ["vm"] })).toBe("Vvvv");
  expect(short(1, { runs: 2, warmup: 0, kinds: ["vm", "vm"] })).toBe("vv");
});
