import type { HostSample } from "../../shared/model/host.ts";
import type { Bytes, Nanos } from "../../shared/model/units.ts";

/** Cumulative counters of the host at one moment of the monotonic clock. */
export type Counters = {
  readonly at: Nanos;
  /** CPU time used by all cores together. */
  readonly busy: Nanos | null;
  readonly read: Bytes | null;
  readonly written: Bytes | null;
  readonly received: Bytes | null;
  readonly sent: Bytes | null;
};

export type Rates = Pick<HostSample, "cores" | "read" | "written" | "received" | "sent">;

/** The longest interval that still is one: three periods of a second. Longer was sleep or a stall: a gap. */
const longest: Nanos = 3e9;
const unknown: Rates = { cores: null, read: null, written: null, received: null, sent: null };

/**
 * Growth a second between two readings, by the measured interval. null: the first reading, a counter that went back (an
 * interface was replaced), a gap. Ticks of 10 ms can add up to a little more than all cores: never told as more.
 */
export function rates(threads: number, gap: Nanos = longest): (now: Counters) => Rates {
  let before: Counters | null = null;
  return (now) => {
    const from = before;
    before = now;
    if (from === null) return unknown;
    const wall = now.at - from.at;
    if (wall <= 0 || wall > gap) return unknown;
    const growth = (key: Exclude<keyof Counters, "at">) => {
      const [was, is] = [from[key], now[key]];
      return was === null || is === null || is < was ? null : ((is - was) / wall) * 1e9;
    };
    const busy = growth("busy");
    return {
      cores: busy === null ? null : Math.min(threads, busy / 1e9),
      read: growth("read"),
      written: growth("written"),
      received: growth("received"),
      sent: growth("sent"),
    };
  };
}
