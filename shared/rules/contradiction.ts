import type { Thresholds } from "./thresholds.ts";

type Name = keyof Thresholds;

/** The first has to be less than the second: a limit can't be too large and nearly reached at one and the same use. */
const order: readonly (readonly [Name, Name])[] = [["unusedBelow", "memoryNear"]];

/** Two thresholds that contradict each other, the lesser one first; null: none do. */
export const contradictionOf = (thresholds: Thresholds): readonly [Name, Name] | null =>
  order.find(([less, more]) => thresholds[less] >= thresholds[more]) ?? null;
