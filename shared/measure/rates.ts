import type { Reading } from "../model/reading.ts";
import type { Nanos } from "../model/units.ts";
import { plausible } from "./plausible.ts";

/**
 * Measured time between two readings in ns; null where nothing may be derived from it: no reading before, time that did
 * not advance, more than three periods (asleep, starved, engine gone), or CPU time that went back (a restart: every
 * counter is another run's, even one that happens to be larger).
 * Source: docs/measuring.md#gaps. Readings at 10.0 s and 11.2 s with a period of 1 s: 1.2e9 ns.
 */
export function interval(before: Reading | null, after: Reading, period: Nanos): Nanos | null {
  if (!before) return null;
  const wall = after.at - before.at;
  const restarted = before.cpu !== null && after.cpu !== null && after.cpu.used < before.cpu.used;
  return wall > 0 && wall <= 3 * period && !restarted ? wall : null;
}

/** What a cumulative counter grew by; null where it is not counted on both sides, or went back (reset). */
export function grown(before: number | null | undefined, after: number | null | undefined): number | null {
  return before === null || before === undefined || after === null || after === undefined
    ? null
    : plausible(after - before);
}

/**
 * Bytes (or pages, or times) a second from a counter of them. Source: docs/measuring.md#network, #disk.
 * 1,500,000 bytes more in 1.5 s (1.5e9 ns) are 1,000,000 bytes a second.
 */
export function perSecond(
  before: number | null | undefined,
  after: number | null | undefined,
  wall: Nanos | null,
): number | null {
  const more = grown(before, after);
  return more === null || wall === null ? null : plausible((more / wall) * 1e9);
}
