import type { Bytes, Millis } from "../model/units.ts";

/** Something that happened to an instance once, however many told of it. */
export type Happening = {
  readonly at: Millis;
  /** Who it happened to, where it was told: a process's name. */
  readonly detail: string | null;
  /** The memory limit that was in force. */
  readonly limit: Bytes | null;
};

export type Tally = {
  /** Oldest first, none older than an hour, at most `most`. */
  readonly all: readonly Happening[];
  /** An event told of one. */
  heard(at: Millis, detail: string | null, limit: Bytes | null): void;
  /** A counter grew by `count`, seen at `at`. */
  counted(at: Millis, count: number, limit: Bytes | null): void;
  /** The newest one within `near` before `at` was none. */
  withdraw(at: Millis): void;
  /** Forgets what is older than an hour. */
  age(now: Millis): void;
};

const hour: Millis = 3_600_000;
const most = 200;

/**
 * Counts what is told twice, by an event and by a counter, once: what both told within `near` ms of each other is one.
 * A counter that grew by 2 at 10.0 s, and events at 9.7 and 10.4 s: two.
 */
export function tally(near: Millis): Tally {
  let kept: (Happening & { heard: boolean; counted: boolean })[] = [];
  const add = (one: (typeof kept)[number]) => {
    kept.push(one);
    kept.sort((a, b) => a.at - b.at);
    if (kept.length > most) kept.shift();
  };
  return {
    get all() {
      return kept;
    },
    heard(at, detail, limit) {
      const same = kept.findIndex((one) => !one.heard && Math.abs(one.at - at) <= near);
      const known = kept[same];
      if (known) kept[same] = { ...known, detail: detail ?? known.detail, heard: true };
      else add({ at, detail, limit, heard: true, counted: false });
    },
    counted(at, count, limit) {
      let left = Math.min(count, most);
      for (const one of kept) {
        if (left === 0 || one.counted || Math.abs(one.at - at) > near) continue;
        one.counted = true;
        left--;
      }
      for (; left > 0; left--) add({ at, detail: null, limit, heard: false, counted: true });
    },
    withdraw(at) {
      const last = kept.at(-1);
      if (last && Math.abs(last.at - at) <= near) kept.pop();
    },
    age(now) {
      if (kept.length > 0 && (kept[0]?.at ?? now) < now - hour)
        kept = kept.filter((one) => one.at >= now - hour);
    },
  };
}
