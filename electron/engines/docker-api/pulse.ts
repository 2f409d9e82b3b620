import type { Millis } from "../../../shared/model/units.ts";
import type { Clock } from "../../machine/clock.ts";
import type { Peer } from "./peer.ts";

/** How often what is done. */
export type Pace = {
  /** Between two looks at the daemon's process. */
  readonly beat: Millis;
  /** Between two pings where its process can't be seen. */
  readonly ping: Millis;
  readonly reconcile: Millis;
};
export const pace: Pace = { beat: 1_000, ping: 2_000, reconcile: 30_000 };

export type Pulse = {
  /** Counts a call as the daemon's sign of life: how long it is out, and how long it took. */
  ask<Value>(call: () => Promise<Value>): Promise<Value>;
  /** One look, to be taken every beat. True: it is back from a stall, in which something may have been missed. */
  look(): boolean;
  /** Since when nothing was heard of it. */
  quietFor(): Millis;
};

/** An answer that is longer out than this is none, unless the one before was as slow. */
const prompt: Millis = 2_000;
const slow: Millis = 1_000;

/**
 * Whether a daemon lives; `alive` is called for each sign of it. Where its process is seen (`peer`), the kernel gives
 * one each beat and the daemon is asked nothing; else it is pinged, and its answers are the signs. Either way a question
 * that stays unanswered counts, measured against how slow it was before: a daemon that takes 4 s for everything is slow,
 * not silent. docs/decisions/0006-docker-liveness.md
 */
export function pulse(
  peer: Peer | null,
  ping: () => Promise<unknown>,
  alive: () => void,
  pace: Pace,
  clock: Clock,
): Pulse {
  const now = () => clock.monotonic() / 1e6;
  let seen = peer;
  const out = new Set<Millis>();
  let took: Millis = 0;
  let heardAt = now();
  let pingedAt = now();
  let stalled = false;

  const heard = () => {
    heardAt = now();
    alive();
  };
  const ask = async <Value>(call: () => Promise<Value>) => {
    const began = now();
    out.add(began);
    try {
      const value = await call();
      took = now() - began;
      heard();
      return value;
    } finally {
      out.delete(began);
    }
  };
  const askedFor = () => (out.size === 0 ? 0 : now() - Math.min(...out));

  /** By the kernel: it runs, and no question is out for too long. */
  const lookAtProcess = () => {
    const state = seen?.look() ?? "gone";
    if (state === "gone") seen = null;
    if (state === "runs" && askedFor() <= Math.max(prompt, 1.5 * took)) heard();
  };
  const beckon = () => {
    if (out.size === 0 && now() - pingedAt >= pace.ping) {
      pingedAt = now();
      void ask(ping).catch(() => undefined);
    } else if (took > slow && out.size > 0 && askedFor() < 1.5 * took) alive();
  };
  return {
    ask,
    look() {
      if (seen === null) beckon();
      else lookAtProcess();
      // A process that was seen stopped is enough; between two pings nothing is heard and nothing is wrong.
      const before = stalled;
      stalled = now() - heardAt > (seen === null ? prompt + pace.ping : pace.beat / 2);
      return before && !stalled;
    },
    quietFor: () => now() - heardAt,
  };
}
