import type { CpuReading } from "../model/reading.ts";
import type { Cores, Fraction, Nanos } from "../model/units.ts";
import { plausible, slack } from "./plausible.ts";
import { grown } from "./rates.ts";

export type Throttling = {
  /** Share of the periods in which it was stopped: 0 is "not throttled", null "not measured". */
  readonly share: Fraction | null;
  /** Cores' worth of time in which its run queues stood still. */
  readonly lost: Cores | null;
};

const notMeasured: Throttling = { share: null, lost: null };

/**
 * Δnr_throttled / Δnr_periods, and Δthrottled_time / Δat. `ownQuota`: the quota in force stands on this cgroup itself;
 * without one the kernel counts nothing here (a quota of an ancestor is counted at the ancestor): not measured.
 * No period at all in the interval with a quota: it slept, so it was not throttled: 0.
 * The kernel adds a stop's time when the stop ends, so one interval can hold the time of two long ones; more cores than
 * the host has are refused. Source: docs/measuring.md#throttling. 4 of 10 periods, 600 ms in 1 s: 0.4 and 0.6 cores.
 */
export function throttling(
  before: CpuReading | null | undefined,
  after: CpuReading | null,
  wall: Nanos | null,
  ownQuota: boolean,
  threads: number,
): Throttling {
  if (wall === null || !ownQuota) return notMeasured;
  const periods = grown(before?.periods, after?.periods);
  const throttled = grown(before?.throttledPeriods, after?.throttledPeriods);
  const time = grown(before?.throttledTime, after?.throttledTime);
  return {
    share: periods === null || throttled === null ? null : plausible(shareOf(throttled, periods), 1),
    lost: time === null ? null : plausible(time / wall, threads * slack),
  };
}

const shareOf = (throttled: number, periods: number) =>
  periods === 0 && throttled === 0 ? 0 : throttled / periods;
