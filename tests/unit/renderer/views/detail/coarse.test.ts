import { expect, test } from "vitest";
import { coarse, stepFor } from "../../../../../renderer/views/detail/coarse.ts";
import { fromSeries } from "../../../../../renderer/views/detail/timeline.ts";

const none = Number.NaN;
const minute = 60_000;

test.each([
  [5, 1_000],
  [15, 2_000],
  [60, 10_000],
])("%d minutes are drawn in steps of %d ms", (minutes, step) => {
  expect(stepFor({ from: 0, to: minutes * minute })).toBe(step);
});

test("means of what was known, least and greatest kept, a gap stays a gap", () => {
  const cores = [0.1, 0.3, null, 0.5, 0.7, 0.9];
  const timeline = fromSeries({
    at: [0, 1_000, 2_000, 3_000, 5_000, 6_000],
    step: cores.map(() => 1_000),
    figures: { cores, gross: [10, 20, null, 40, null, 60] },
    min: { cores },
    max: { cores },
  });
  const drawn = coarse(timeline, 5_000);
  expect(drawn.figures.cores).toEqual([0.2, none, 0.5, 0.8]);
  expect(drawn.figures.gross).toEqual([15, none, 40, 60]); // unknown once, not a gap
  expect(drawn.coresMin).toEqual([0.1, none, 0.5, 0.7]);
  expect(drawn.coresMax).toEqual([0.3, none, 0.5, 0.9]);
  expect(drawn.at).toEqual([500, 2_000, 3_000, 5_500]);
});

test("a second a step is drawn as it is", () => {
  const timeline = fromSeries({ at: [], step: [], figures: {}, min: {}, max: {} });
  expect(coarse(timeline, 1_000)).toBe(timeline);
  expect(coarse(timeline, 5_000).at).toEqual([]);
});
