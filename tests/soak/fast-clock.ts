import { type Clock, systemClock } from "../../electron/machine/clock.ts";

/** The system's clock, so many times faster: hours of retention, expiry and back-off pass for real, in minutes. */
export function fastClock(times: number): Clock {
  const wall = systemClock.now();
  const steady = systemClock.monotonic();
  return {
    now: () => wall + (systemClock.now() - wall) * times,
    monotonic: () => steady + (systemClock.monotonic() - steady) * times,
    after: (wait, signal) => systemClock.after(wait / times, signal),
  };
}
