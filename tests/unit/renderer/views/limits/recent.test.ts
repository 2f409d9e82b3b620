import { describe, expect, test } from "vitest";
import {
  meanOf,
  note,
  nothingRecent,
  pressureOf,
  sliceCount,
  throttledSlices,
  withPast,
} from "../../../../../renderer/views/limits/recent.ts";

const start = 1_700_000_000_000; // on a round ten seconds
const quiet = { throttledShare: null, pressureMemory: null, pressureCpu: null, pressureIo: null };

describe("slices", () => {
  test("take the mean of what came in each ten seconds; the last is the present one", () => {
    const recent = nothingRecent();
    for (let second = 0; second < 20; second++)
      note(recent, start + second * 1_000, { ...quiet, throttledShare: second < 10 ? 0.4 : second % 2 });
    const slices = throttledSlices(recent, start + 19_000);
    expect(slices).toHaveLength(sliceCount);
    expect(slices.slice(-2).map((share) => share && Math.round(share * 100))).toEqual([40, 50]);
    expect(slices.slice(0, -2).every((share) => share === null)).toBe(true);
    expect(meanOf(slices)).toBeCloseTo(0.45);
  });
  test("are forgotten once they are five minutes old", () => {
    const recent = nothingRecent();
    note(recent, start, { ...quiet, throttledShare: 1 });
    expect(throttledSlices(recent, start + 290_000)[0]).toBe(1);
    expect(throttledSlices(recent, start + 300_000).every((share) => share === null)).toBe(true);
    // The same place of the ring, taken again: nothing of the old one is in it.
    note(recent, start + 300_000, { ...quiet, throttledShare: 0 });
    expect(throttledSlices(recent, start + 300_000).at(-1)).toBe(0);
  });
  test("of whom nothing was measured are unknown, not 0", () => {
    const recent = nothingRecent();
    note(recent, start, quiet);
    expect(meanOf(throttledSlices(recent, start))).toBeNull();
  });
  test("come from the history where that has come, a mean of ten seconds at its middle", () => {
    const recent = nothingRecent();
    note(recent, start, { ...quiet, pressureCpu: 0.2 });
    const past = withPast(recent, {
      at: [start - 20_000, start - 10_000, start],
      step: [10_000, 10_000, 1_000],
      figures: { throttledShare: [0.5, null, 0.1] },
      min: {},
      max: {},
    });
    expect(throttledSlices(past, start).slice(-3)).toEqual([0.5, null, 0.1]);
    expect(pressureOf(past, start).cpu).toBeCloseTo(0.2);
  });
});

describe("pressure", () => {
  test("is the mean of ten seconds, each counted once", () => {
    const recent = nothingRecent();
    for (let second = 0; second < 30; second++)
      note(recent, start + second * 1_000, {
        ...quiet,
        pressureMemory: second < 20 ? 1 : 0.3,
        pressureIo: 0,
      });
    note(recent, start + 29_000, { ...quiet, pressureMemory: 0.3, pressureIo: 0 });
    const { memory, cpu, io } = pressureOf(recent, start + 29_000);
    expect(memory).toBeCloseTo(0.3);
    expect([cpu, io]).toEqual([null, 0]);
  });
  test("of more than ten seconds ago is none", () => {
    const recent = nothingRecent();
    note(recent, start, { ...quiet, pressureMemory: 1 });
    expect(pressureOf(recent, start + 10_000).memory).toBeNull();
  });
});
