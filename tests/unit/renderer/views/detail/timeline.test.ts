import { expect, test } from "vitest";
import { append, emptyTimeline, fromSeries } from "../../../../../renderer/views/detail/timeline.ts";
import { nothingKnown } from "../../../../../shared/wire/frames.ts";

const none = Number.NaN;
const sample = (cores: number | null) => ({ ...nothingKnown, cores });

test("a history: unknown is NaN, a mean of ten seconds stands at their middle", () => {
  const timeline = fromSeries({
    at: [0, 10_000, 11_000],
    step: [10_000, 1_000, 1_000],
    figures: { cores: [0.2, null, 0.4] },
    min: { cores: [0.1, null, 0.4] },
    max: { cores: [0.3, null, 0.4] },
  });
  expect(timeline.at).toEqual([5_000, 10_000, 11_000]);
  expect(timeline.figures.cores).toEqual([0.2, none, 0.4]);
  expect(timeline.coresMax).toEqual([0.3, none, 0.4]);
  expect(timeline.figures.net).toEqual([none, none, none]);
});

test("samples follow; after three periods a step without values stands between", () => {
  let timeline = emptyTimeline;
  for (const [at, cores] of [
    [1_000, 0.1],
    [2_000, 0],
    [5_000, 0.3], // 3 s: three periods are no gap yet
    [6_000, 0.3],
    [10_000, 0.4], // 4 s
  ] as const)
    timeline = append(timeline, at, sample(cores)) ?? emptyTimeline;
  expect(timeline.at).toEqual([1_000, 2_000, 5_000, 6_000, 7_000, 10_000]);
  expect(timeline.figures.cores).toEqual([0.1, 0, 0.3, 0.3, none, 0.4]);
});

test("an instance that is weighed each 5 s has no gap each 5 s", () => {
  let timeline = emptyTimeline;
  for (const at of [0, 5_000, 10_000, 15_000, 20_000])
    timeline = append(timeline, at, sample(1)) ?? emptyTimeline;
  // Only the first interval is taken for one: nobody can know the period before the second.
  expect(timeline.at.length).toBe(6);
});

test("what is older than an hour goes", () => {
  const old = append(emptyTimeline, 0, sample(1)) ?? emptyTimeline;
  expect(append(old, 3_600_001, sample(2))?.at.at(0)).toBe(1_000); // the gap's step, then the sample
});

test("a time that is not newer: the same sample again, or the clock went back", () => {
  const timeline = append(emptyTimeline, 5_000, sample(1)) ?? emptyTimeline;
  expect(append(timeline, 5_000, sample(1))).toBe(timeline);
  expect(append(timeline, 4_000, sample(1))).toBeNull();
});
