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

/**
 * Starts now: its caller makes the request next. `Date.now` is cut to whole ms, so both clocks are read where it steps,
 * at most 1 ms from here and before the request.
 */
export function trialClock(): TrialClock {
  const cut = Date.now();
  let wall = cut;
  while (wall === cut) wall = Date.now();
  const began = performance.now();
  const since = () => Math.round((performance.now() - began) * 1_000) / 1_000;
  return {
    since,
    sinceOf(moment) {
      const stepped = Math.abs(Date.now() - wall - since()) > drift;
      return stepped ? null : Math.round((moment - wall) * 1_000) / 1_000;
    },
  };
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
