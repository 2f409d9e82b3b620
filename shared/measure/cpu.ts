import type { CpuReading } from "../model/reading.ts";
import type { Cores, Nanos } from "../model/units.ts";
import { plausible, slack } from "./plausible.ts";
import { grown } from "./rates.ts";

/**
 * Cores used in an interval: Δused / Δat, both in ns, `at` from the monotonic clock (`wall` from `interval()`).
 * null: no interval, the counter went back, or more cores than the host has threads (refused).
 * Source: docs/measuring.md#cpu. 500 ms of CPU in 2 s are 0.25 cores.
 */
export function coresUsed(
  before: CpuReading | null | undefined,
  after: CpuReading | null,
  wall: Nanos | null,
  threads: number,
): Cores | null {
  const used = grown(before?.used, after?.used);
  return used === null || wall === null ? null : plausible(used / wall, threads * slack);
}
