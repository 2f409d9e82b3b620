import type { Millis } from "../../../shared/model/units.ts";

/** What `within` rejects with; the name is the one that the platform's own timeouts carry. */
export class DeadlineError extends Error {
  override readonly name = "TimeoutError";
}

/**
 * Runs `work` and ends it: resolves or rejects as it does, rejects with a DeadlineError after `most` ms, and with the
 * signal's reason when `signal` aborts. The signal that `work` gets aborts in both cases. A dockerode promise may never
 * settle (docker-modem 5.0.7, when the daemon dies inside a body), so nothing here waits for `work` to give up.
 */
export function within<Value>(
  most: Millis,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const own = new AbortController();
    const end = (reason: unknown) => {
      clean();
      reject(reason);
      own.abort(reason);
    };
    const stop = () => end(signal.reason);
    const timer = setTimeout(() => end(new DeadlineError(`no answer within ${most} ms`)), most);
    const clean = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    };
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    work(own.signal).then(
      (value) => {
        clean();
        resolve(value);
      },
      (error) => {
        clean();
        reject(error);
      },
    );
  });
}
