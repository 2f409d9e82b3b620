import { readdirSync, statSync } from "node:fs";
import type { Nanos } from "../../../shared/model/units.ts";
import type { Clock } from "../../machine/clock.ts";
import { hold, lengthOf, readOnce, shared } from "../../machine/held-file.ts";
import { parseNumber, parseTraffic } from "./parse.ts";

/**
 * Tells whether anything can have passed a box's network since it was asked last: false only where that is certain.
 * It asks the host's ends of the box's cables, all of which stand in one file, read once a tick for everybody.
 */
export type Passed = () => boolean;

export type Links = {
  /** Null where the box's cables don't all end on this host (macvlan, pasta), or its /sys is not ours to read. */
  of(pid: number): Passed | null;
};

/** Readings of one tick are nearer to each other than this. */
const fresh: Nanos = 300e6;

const folder = "/sys/class/net";

export function hostLinks(clock: Clock): Links {
  const file = hold("/proc/net/dev");
  let readAt = Number.NEGATIVE_INFINITY;
  let traffic: ReadonlyMap<string, number> = new Map();
  /** Interface index -> name, of the host's devices; they are named once. */
  const names = new Map<number, string>();

  const now = () => {
    const at = clock.monotonic();
    if (at - readAt > fresh) {
      readAt = at;
      traffic = parseTraffic(shared, Math.max(0, lengthOf(file)));
    }
    return traffic;
  };

  const nameOf = (index: number): string | null => {
    const known = names.get(index);
    if (known !== undefined && numberIn(`${folder}/${known}/ifindex`) === index) return known;
    names.clear();
    for (const name of devicesIn(folder)) {
      const found = numberIn(`${folder}/${name}/ifindex`);
      if (found !== null) names.set(found, name);
    }
    return names.get(index) ?? null;
  };

  /** The host's end of a cable: only where each end names the other. */
  const hostEnd = (inside: string, device: string): string | null => {
    const mine = numberIn(`${inside}/${device}/ifindex`);
    const peer = numberIn(`${inside}/${device}/iflink`);
    const name = peer === null || peer === mine ? null : nameOf(peer);
    return name !== null && numberIn(`${folder}/${name}/iflink`) === mine ? name : null;
  };

  return {
    of(pid) {
      const inside = `/proc/${pid}/root${folder}`;
      const devices = devicesOf(pid, inside);
      const ends = devices?.map((device) => hostEnd(inside, device)) ?? [null];
      if (!ends.every((end) => end !== null)) return null;
      const seen = new Map<string, number>();
      return () => {
        const counted = now();
        let passed = false;
        for (const end of ends) {
          const packets = counted.get(end);
          if (packets === undefined || seen.get(end) !== packets) passed = true;
          seen.set(end, packets ?? Number.NaN);
        }
        return passed;
      };
    },
  };
}

/**
 * The box's devices but its loopback, by its own /sys. Null where that shows another network than the one its processes
 * live in (a box that kept the host's /sys), or is not ours to read.
 */
function devicesOf(pid: number, inside: string): readonly string[] | null {
  const length = readOnce(`/proc/${pid}/net/dev`);
  if (length < 0) return null;
  const lived = [...parseTraffic(shared, length).keys()].sort();
  const shown = devicesIn(inside).sort();
  if (lived.length === 0 || lived.join() !== shown.join() || sameFolder(inside)) return null;
  return lived.filter((device) => device !== "lo");
}

/** With the same devices by name it may be the host's own folder. */
function sameFolder(inside: string): boolean {
  try {
    const [ours, its] = [statSync(folder), statSync(inside)];
    return ours.ino === its.ino && ours.dev === its.dev;
  } catch {
    return true;
  }
}

function devicesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

const numberIn = (path: string): number | null => {
  const length = readOnce(path);
  return length < 0 ? null : parseNumber(shared, length);
};
