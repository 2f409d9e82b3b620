import type { Thresholds } from "./thresholds.ts";

export type ContradictionCode =
  | "always" // at 0 it holds of everything
  | "unused-near" // a limit could be too large and too small at once
  | "headroom-unused"; // what is proposed for a limit that is too large would be larger still

export type Contradiction = {
  readonly code: ContradictionCode;
  /** The thresholds that do not go together. */
  readonly names: readonly (keyof Thresholds)[];
};

const neverZero = [
  "memoryNear",
  "throttledPeriods",
  "starvedPressure",
  "thrashingPressure",
  "pidsNear",
  "ioNear",
] as const;

/**
 * What in these thresholds contradicts itself; empty: nothing does. Settings refuse them where it is not empty.
 * unusedBelow 0.9 with a headroom of 0.25: of 100 MiB at most 90 are used, so 112.5 would be proposed: headroom-unused.
 */
export function contradictions(thresholds: Thresholds): readonly Contradiction[] {
  const { memoryNear, unusedBelow, headroom } = thresholds;
  const found: Contradiction[] = neverZero
    .filter((name) => thresholds[name] === 0)
    .map((name) => ({ code: "always", names: [name] }));
  if (unusedBelow >= memoryNear) found.push({ code: "unused-near", names: ["unusedBelow", "memoryNear"] });
  if (unusedBelow * (1 + headroom) >= 1)
    found.push({ code: "headroom-unused", names: ["headroom", "unusedBelow"] });
  return found;
}
