import type { Millis } from "../../../shared/model/units.ts";

/** Time of one trial, from its request on. */
export type TrialClock = {
  /** ms since the request, by the monotonic clock. */
  since(): Millis;
  /** The same of a moment by the wall clock (ms since the epoch), as Docker tells it. Null: the clock was set meanwhile. */
  sinceOf(wall: Millis): Millis | null;
};

/** The wall clock and the monotonic one may drift that far apart within a trial; more is a clock that was set. */
const drift: Millis = 5;

/** Starts now: its caller makes the request next. Takes some ms before, which are no part of the trial. */
export function trialClock(): TrialClock {
  const apart = wallOverMonotonic();
  const began = performance.now();
  const since = () => rounded(performance.now() - began);
  return {
    since,
    sinceOf(moment) {
      // Looked at some times: this process may be put aside between the two readings.
      const near = () => Math.abs(Date.now() - performance.now() - apart) <= drift;
      return !near() && !near() && !near() ? null : rounded(moment - apart - began);
    },
  };
}

const rounded = (at: Millis): Millis => Math.round(at * 1_000) / 1_000;

/** Between two readings of the monotonic clock there may be this much for the wall clock's to belong to both. */
const together: Millis = 0.02;

/**
 * The wall clock less the monotonic one. `Date.now` is cut to whole ms, so it is read where it steps; and again where this
 * process was put aside at that moment, for some steps at most.
 */
function wallOverMonotonic(): Millis {
  let best = { width: Number.POSITIVE_INFINITY, apart: 0 };
  for (let steps = 0; steps < 5 && best.width > together; steps++) {
    const cut = Date.now();
    let wall = cut;
    let before = 0;
    let after = 0;
    while (wall === cut) {
      before = performance.now();
      wall = Date.now();
      after = performance.now();
    }
    // More than a step: it was put aside in between, and where it stepped is not known.
    const width = wall - cut > 1 ? Number.POSITIVE_INFINITY : after - before;
    if (width < best.width || steps === 0) best = { width, apart: wall - after };
  }
  return best.apart;
}

/**
 * ms since the epoch of RFC 3339 with up to nine digits of a second, of which none is lost; null: no moment, or the zero
 * date "0001-01-01T00:00:00Z", which is "never". "2026-11-24T06:04:10.092526125Z" is 1795500250092.526125.
 */
export function parseInstant(told: string): Millis | null {
  const [, seconds, fraction = "", zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(told) ?? [];
  const at = seconds === undefined ? Number.NaN : Date.parse(`${seconds}${zone}`);
  return Number.isNaN(at) || at <= 0 ? null : at + Number(`0.${fraction || "0"}`) * 1_000;
}
