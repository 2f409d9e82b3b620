import type { Clock } from "../electron/machine/clock.ts";

/** A clock that stands still until it is told to go: hours run in a moment, and the wall clock can step. */
export function manualClock(start = 1_795_500_000_000): Clock & {
  /** Lets `wait` ms pass, waking everything that falls due on the way, in order. */
  pass(wait: number): Promise<void>;
  /** Steps the wall clock alone. */
  step(by: number): void;
} {
  let steady = 0;
  let wall = start;
  const due = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    now: () => wall,
    monotonic: () => steady * 1e6,
    after: (wait, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const sleeper = {
          at: steady + wait,
          wake: () => {
            due.delete(sleeper);
            signal.removeEventListener("abort", stop);
            resolve();
          },
        };
        const stop = () => {
          due.delete(sleeper);
          reject(signal.reason);
        };
        due.add(sleeper);
        signal.addEventListener("abort", stop, { once: true });
      }),
    async pass(wait) {
      const end = steady + wait;
      for (;;) {
        // What was woken gets its turn, and may go to sleep again, before time goes on.
        await new Promise((next) => setImmediate(next));
        const next = [...due].sort((a, b) => a.at - b.at)[0];
        if (!next || next.at > end) break;
        wall += next.at - steady;
        steady = next.at;
        next.wake();
      }
      wall += end - steady;
      steady = end;
      await new Promise((next) => setImmediate(next));
    },
    step(by) {
      wall += by;
    },
  };
}
