import { describe, expect, test } from "vitest";
import { raised, roundCores, roundMemory } from "../../../../shared/rules/proposals.ts";
import { defaultThresholds } from "../../../../shared/rules/thresholds.ts";
import { watch } from "../../../../shared/rules/watched.ts";
import { box, host, mib } from "./told.ts";

test.each([
  [1, 8],
  [20, 24],
  [128, 128],
  [292, 320], // what 192 MiB and 100 more come to
  [1_025, 1_152],
  [9_000, 9_216],
])("%i MiB are written as %i", (from, to) => {
  expect(roundMemory(from * mib)).toBe(to * mib);
});

test.each([
  [0.101, 0.15],
  [0.5, 0.5],
  [1.1, 1.25],
  [8.2, 9],
])("%d cores are written as %d", (from, to) => {
  expect(roundCores(from)).toBe(to);
});

describe("a larger limit", () => {
  const watched = watch(box(), 0);
  const to = (limit: number) => raised(watched, limit * mib, defaultThresholds, host)?.to;

  test.each([
    [16, 32], //       doubled, as 100 MiB more would be sevenfold
    [192, 320], //     192 + 100
    [1_000, 1_280], // a fifth: 1,200
  ])("of %i MiB: %i", (from, larger) => {
    expect(to(from)).toBe(larger * mib);
  });

  test("is none where the host has no more, or where there is no limit", () => {
    expect(to(8_000)).toBeUndefined();
    expect(raised(watched, null, defaultThresholds, host)).toBeNull();
  });
});
