import type { Millis, Nanos } from "../../shared/model/units.ts";

/** Time comes in as a value, so that tests can run hours in a second and step the wall clock. */
export type Clock = {
  /** Wall clock, since the epoch. For showing and for ordering across runs, never for intervals. */
  now(): Millis;
  /** Monotonic; stands still for nobody but a suspended machine. For every interval. */
  monotonic(): Nanos;
  /** Resolves after `wait`; rejects with the signal's reason when it aborts first. */
  after(wait: Millis, signal: AbortSignal): Promise<void>;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now() * 1e6,
  after: (wait, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const done = () => {
        signal.removeEventListener("abort", stop);
        resolve();
      };
      const timer = setTimeout(done, wait);
      const stop = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      signal.addEventListener("abort", stop, { once: true });
    }),
};
