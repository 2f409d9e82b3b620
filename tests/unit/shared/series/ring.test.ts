import fc from "fast-check";
import { expect, test } from "vitest";
import { type Ring, ring } from "../../../../shared/series/ring.ts";

const rows = (of: Ring) =>
  Array.from({ length: of.length }, (_, index) => [
    of.at(index),
    ...Array.from({ length: of.width }, (_, column) => of.value(index, column)),
  ]);

test("keeps rows in order, and NaN as unknown", () => {
  const one = ring(2, 4);
  one.push(1_000, [1, 10]);
  one.push(2_000, [Number.NaN, 20]);
  one.push(3_000, [3]); // a column that is not there is not known
  expect(rows(one)).toEqual([
    [1_000, 1, 10],
    [2_000, Number.NaN, 20],
    [3_000, 3, Number.NaN],
  ]);
  expect(one.full).toBe(false);
});

test("beyond its capacity the oldest rows go, and no memory is added", () => {
  const one = ring(1, 5, Float32Array, 2); // chunks of 2, 2 and 1 rows
  for (let second = 1; second <= 5; second++) one.push(second, [second]);
  const full = one.size;
  expect(full).toBe(5 * (8 + 4));
  expect(one.full).toBe(false);
  for (let second = 6; second <= 13; second++) one.push(second, [second]);
  expect(rows(one)).toEqual([9, 10, 11, 12, 13].map((second) => [second, second]));
  expect(one.size).toBe(full);
  expect(one.full).toBe(true);
});

test("grows by chunks, not at once", () => {
  const one = ring(10, 600, Float64Array, 64);
  expect(one.size).toBe(0);
  one.push(1, []);
  expect(one.size).toBe(64 * (8 + 80));
  one.clear();
  expect([one.size, one.length]).toEqual([0, 0]);
});

test("time that went back takes the rows that it tells again with it", () => {
  const one = ring(1, 4);
  for (const at of [1_000, 2_000, 3_000, 4_000]) one.push(at, [at]);
  one.push(2_500, [7]);
  expect(rows(one)).toEqual([
    [1_000, 1_000],
    [2_000, 2_000],
    [2_500, 7],
  ]);
  one.push(2_500, [8]);
  expect(rows(one)).toHaveLength(3);
  expect(one.value(2, 0)).toBe(8);
});

test("a row without a time is not kept, and takes none with it", () => {
  const one = ring(1, 4);
  one.push(1_000, [1]);
  one.push(Number.NaN, [2]);
  expect(rows(one)).toEqual([[1_000, 1]]);
});

test.each([
  [500, 0],
  [1_000, 0],
  [1_001, 1],
  [3_000, 2],
  [3_001, 3],
])("the first row from %s on is %s", (at, index) => {
  const one = ring(1, 8);
  for (const second of [1_000, 2_000, 3_000]) one.push(second, [0]);
  expect(one.firstFrom(at)).toBe(index);
});

test("what is not there is not known", () => {
  const one = ring(1, 2);
  one.push(1, [5]);
  expect([one.at(-1), one.at(1), one.value(1, 0), one.value(-1, 0), one.value(0, 1)]).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
});

test("whatever comes in whatever order: the newest rows, in order of time, as a plain list would hold them", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(1, 2, 4, 8),
      fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }),
      (capacity, chunk, times) => {
        const one = ring(1, capacity, Float64Array, chunk);
        let list: number[][] = [];
        times.forEach((at, index) => {
          one.push(at, [index]);
          list = [...list.filter(([time]) => (time ?? 0) < at), [at, index]].slice(-capacity);
          expect(rows(one)).toEqual(list);
        });
      },
    ),
  );
});
