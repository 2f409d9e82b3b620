import { describe, expect, test } from "vitest";
import { stretch } from "../../../../shared/rules/stretch.ts";
import { ring } from "../../../../shared/series/ring.ts";

const columns = new Map([
  ["a", 0],
  ["count", 1],
] as const);

function rows(all: readonly (readonly [at: number, a: number, count: number])[]) {
  const kept = ring(2, 100, Float64Array, 16);
  for (const [at, a, count] of all) kept.push(at, [a, count]);
  return kept;
}

describe("a stretch of time", () => {
  const kept = rows([
    [1_000, 100, 1],
    [2_000, 1, 5],
    [3_000, Number.NaN, 7],
    [4_000, 3, 2], // began again: 2 more
  ]);

  test("takes the rows of its time, unknown ones left out", () => {
    const last = stretch(kept, columns, 1_000, 4_000, 2_500);
    expect([last.from, last.to]).toEqual([2_000, 4_000]);
    expect([last.mean("a"), last.max("a"), last.min("a")]).toEqual([2, 3, 1]);
    expect(last.course("a")).toEqual({ at: [2_000, 4_000], values: [1, 3] });
  });

  test("a counter that goes back began again", () => {
    expect(stretch(kept, columns, 1_000, 4_000, 10_000).grown("count")).toBe(4 + 2 + 2);
    expect(stretch(kept, columns, 1_000, 4_000, 500).grown("count")).toBe(0);
    expect(stretch(rows([]), columns, 1_000, 4_000, 500).grown("count")).toBeNull();
  });

  test("whole where it was seen from end to end", () => {
    expect(stretch(kept, columns, 1_000, 4_000, 4_000).whole).toBe(true);
    expect(stretch(kept, columns, 1_000, 4_000, 10_000).whole).toBe(false);
    const gap = rows([
      [1_000, 0, 0],
      [2_000, 0, 0],
      [9_000, 0, 0],
      [10_000, 0, 0],
    ]);
    expect(stretch(gap, columns, 1_000, 10_000, 10_000).whole).toBe(false);
  });
});
