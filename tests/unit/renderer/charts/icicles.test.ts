import { expect, test } from "vitest";
import { bandsOf, icicles } from "../../../../renderer/charts/icicles.ts";

// 100 s on 100 px, bars of 4 px: 4 s each
const span = { from: 0, to: 100_000 };
const steps = {
  at: Array.from({ length: 100 }, (_, index) => index * 1000),
  step: Array.from({ length: 100 }, () => 1000),
};
const none = Number.NaN;

test("a bar is the mean share of the periods in its time", () => {
  const shares = steps.at.map((at) => (at < 2_000 ? 1 : 0)); // 2 of the first 4 s
  expect(icicles(shares, steps, span, 100, 4)).toEqual([{ x: 0, width: 4, share: 0.5 }]);
});

test("not measured is no bar, and does not thin out what was measured", () => {
  const shares = steps.at.map((at) => (at < 1_000 ? 0.6 : none));
  expect(icicles(shares, steps, span, 100, 4)).toEqual([{ x: 0, width: 4, share: 0.6 }]);
});

test("bars stand on fixed moments: a second later they moved by a second", () => {
  const shares = steps.at.map((at) => (at >= 40_000 && at < 44_000 ? 0.5 : 0));
  const [now] = icicles(shares, steps, span, 100, 4);
  const [later] = icicles(shares, steps, { from: 1_000, to: 101_000 }, 100, 4);
  expect((now?.x ?? 0) - (later?.x ?? 0)).toBe(1);
});

test("a band spans bars that touch, over one empty place too", () => {
  const bars = [0, 4, 12, 40].map((x) => ({ x, width: 4, share: 0.5 }));
  expect(bandsOf(bars)).toEqual([
    { x: 0, width: 16 },
    { x: 40, width: 4 },
  ]);
});
