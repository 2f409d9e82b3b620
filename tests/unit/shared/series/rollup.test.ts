import { expect, test } from "vitest";
import { rollup, type Step } from "../../../../shared/series/rollup.ts";

/** Rolls `rows` up into steps of 10 s; the last step is ended. */
function stepsOf(width: number, rows: readonly (readonly [number, ...number[]])[]) {
  const steps: unknown[] = [];
  const take = ({ at, mean, min, max }: Step) => steps.push([at, [...mean], [...min], [...max]]);
  const one = rollup(width, 10_000, take);
  for (const [at, ...row] of rows) one.add(at, row);
  one.end();
  one.end();
  return steps;
}
const unknown = Number.NaN;

test("mean, least and greatest of what is known in a step", () => {
  const rows = [
    [20_000, 1, unknown],
    [21_000, unknown, unknown],
    [22_000, 3, unknown],
    [29_999, 8, unknown],
    [30_000, 5, 2],
  ] as const;
  expect(stepsOf(2, rows)).toEqual([
    [20_000, [4, unknown], [1, unknown], [8, unknown]], // (1 + 3 + 8) / 3
    [30_000, [5, 2], [5, 2], [5, 2]],
  ]);
});

test("a gap stays a gap: no step is told for it", () => {
  const rows = [
    [5_000, 1],
    [45_000, 2],
  ] as const;
  expect(stepsOf(1, rows).map((step) => (step as number[])[0])).toEqual([0, 40_000]);
});

test("a clock that was set back ends the step", () => {
  const rows = [
    [25_000, 1],
    [12_000, 3],
    [26_000, 9],
  ] as const;
  expect(stepsOf(1, rows)).toEqual([
    [20_000, [1], [1], [1]],
    [10_000, [3], [3], [3]],
    [20_000, [9], [9], [9]],
  ]);
});

test("bytes of a large host do not lose digits in the mean", () => {
  const big = 2 ** 50;
  const rows = Array.from({ length: 10 }, (_, second) => [second * 1_000, big + second] as const);
  expect(stepsOf(1, rows)).toEqual([[0, [big + 4.5], [big], [big + 9]]]);
});

test("nothing came: nothing is told", () => {
  expect(stepsOf(3, [])).toEqual([]);
});
