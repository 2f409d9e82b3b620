import type { Sample } from "../../../shared/figures.ts";
import type { Bytes } from "../../../shared/model/units.ts";

const mib = 1024 * 1024;

/** A part of the equation: its exact size, and how it is written so that the written parts add up. */
export type Part = {
  readonly key: "net" | "cache" | "kernel" | "helpers" | "other" | "whole";
  readonly bytes: Bytes;
};

/**
 * What a container's gross is made of, in the order of the bar. Unknown parts are left out (they are told as unknown);
 * "other" stands only over 1 %. Where nothing is told apart: one part, the whole.
 */
export function partsOfGross(sample: Sample): readonly Part[] {
  const { gross, net, cache, tareKernel, tareHelpers, other } = sample;
  if (net === null) return gross === null ? [] : [{ key: "whole", bytes: gross }];
  const parts: Part[] = [{ key: "net", bytes: net }];
  if (cache !== null) parts.push({ key: "cache", bytes: cache });
  if (tareKernel !== null) parts.push({ key: "kernel", bytes: tareKernel });
  if (tareHelpers !== null) parts.push({ key: "helpers", bytes: tareHelpers });
  if (other !== null && gross !== null && other > gross / 100) parts.push({ key: "other", bytes: other });
  return parts;
}

/** The step in which amounts of this size are written: whole MiB, below 100 MiB tenths. */
export const grain = (gross: Bytes): Bytes => (gross < 100 * mib ? mib / 10 : mib);

/**
 * Rounds parts to `step` so that they add up to the rounded sum (largest remainders get what is left over): an equation
 * on screen must be right as it stands. 1.4 + 1.4 + 1.4 = 4.2 is written 2 + 1 + 1 = 4.
 */
export function addingUp(parts: readonly Bytes[], sum: Bytes, step: Bytes): readonly Bytes[] {
  const floors = parts.map((part) => Math.floor(part / step));
  const wanted = Math.round(sum / step);
  let left = wanted - floors.reduce((all, each) => all + each, 0);
  const order = parts
    .map((part, index) => ({ index, rest: part / step - Math.floor(part / step) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  // More than one step a part is no matter of rounding: parts are missing then, and nothing is spread over the others.
  if (left < 0 || left > parts.length) return parts.map((part) => Math.round(part / step) * step);
  for (const { index } of order) {
    if (left-- <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
  }
  return floors.map((count) => count * step);
}

/** Where the bar ends: over the larger of gross and limit. `torn`: the limit is so far off that it lies outside. */
export function barDomain(
  gross: Bytes,
  limit: Bytes | null,
): { readonly high: Bytes; readonly torn: boolean } {
  if (limit !== null && limit > gross * 10) return { high: gross * 2 || mib, torn: true };
  return { high: Math.max(gross, limit ?? 0) * 1.115 || mib, torn: false };
}
