import { readdirSync, statSync } from "node:fs";
import type { Nanos } from "../../../shared/model/units.ts";
import { cgroupsOf } from "../../machine/cgroup-paths.ts";
import type { Clock } from "../../machine/clock.ts";
import { readOnce, shared } from "../../machine/held-file.ts";
import { parseDepth, parsePrivate, parseStat, textOf } from "../../machine/proc-files.ts";
import type { Helper, HelpersOf } from "../reader.ts";
import { addressKey, helperComm, parseAddresses, parseServes, type Serves } from "./parse.ts";

const second = 1e9;
/** How often /proc is listed for new pids: a listing costs as much as thirty containers. A new container asks sooner. */
const scanEvery: Nanos = 15 * second;
const scanSoonest: Nanos = second;
/**
 * smaps_rollup walks every page of a process: looked at when first seen, then once a minute, two files a tick. The first
 * looks are hurried (some 40 us each): until then a container's tare lacks the greatest part of it.
 */
const weighEvery: Nanos = 60 * second;
const filesATick = 2;
const firstLooksATick = 150;
const tick: Nanos = second;

/** New pids looked at in one go: a computer's thousand at the start must not hold up the readings. */
const looksAtOnce = 200;
/** How long a container that has no helpers yet may ask for a scan before its time. */
const impatience: Nanos = 6 * second;

type Found = {
  readonly pid: number;
  readonly name: string;
  readonly start: number;
  readonly parent: number;
  readonly serves: Serves;
  private: number | null;
  weighedAt: Nanos | null;
};
/** A process inside a container, started by its shim or monitor: it tells the container's network namespace. */
type Inside = { readonly pid: number; readonly container: string; readonly parent: number };
/** A helper of a container, and how many containers share it. */
type Share = { readonly helper: Found; readonly among: number };

/**
 * Who exists only for a box. /proc is listed now and then, and only pids not seen before are looked at, twice
 * each (the first look may fall between fork and exec). No timers: the readers' asking drives it.
 * Which box a helper serves: shims and conmon name it; slirp4netns and pasta name its network namespace; rootlessport
 * has it; docker-proxy names an address, looked up in the namespaces of the containers that shims started.
 */
export function helpersFinder(clock: Clock): HelpersOf {
  const looks = new Map<number, number>();
  const helpers = new Map<number, Found>();
  const insiders = new Map<number, Inside>();
  const askedFirst = new Map<string, Nanos>();
  let shares: ReadonlyMap<string, readonly Share[]> = new Map();
  /** What was told of them, until one weighs another amount: each box asks each second. */
  const told = new Map<string, readonly Helper[]>();
  let scannedAt = Number.NEGATIVE_INFINITY;
  let weighedAt = Number.NEGATIVE_INFINITY;
  let changed = false;

  const forget = (pid: number) => {
    looks.delete(pid);
    changed = helpers.delete(pid) || changed;
    changed = insiders.delete(pid) || changed;
  };

  /** False: there are more new pids than one go takes. */
  const scan = (): boolean => {
    const present = new Set<number>();
    let left = looksAtOnce;
    for (const name of readdirSync("/proc")) {
      const pid = Number(name);
      if (Number.isNaN(pid)) continue;
      present.add(pid);
      const looked = looks.get(pid) ?? 0;
      if (looked >= 2 || left === 0) continue;
      left--;
      looks.set(pid, looked + 1);
      look(pid);
    }
    for (const pid of looks.keys()) if (!present.has(pid)) forget(pid);
    return left > 0;
  };

  const look = (pid: number) => {
    const length = readOnce(`/proc/${pid}/stat`);
    const stat = length < 0 ? null : parseStat(shared, length);
    if (!stat) return;
    const name = nameIn(length);
    const parent = helpers.get(stat.parent);
    if (parent?.serves.by === "id") {
      insiders.set(pid, { pid, container: containerOf(pid) ?? parent.serves.id, parent: stat.parent });
      changed = true;
    }
    if (!helperComm.test(name) || helpers.has(pid)) return;
    const serves = parseServes(textOf(`/proc/${pid}/cmdline`).split("\0").slice(0, -1));
    // A program inside a container may call itself what it likes: helpers live in our own pid namespace.
    if (!serves || parseDepth(textOf(`/proc/${pid}/status`)) !== 1) return;
    helpers.set(pid, {
      pid,
      name,
      start: stat.start,
      parent: stat.parent,
      serves,
      private: null,
      weighedAt: null,
    });
    changed = true;
  };

  const weigh = (now: Nanos) => {
    const all = [...helpers.values()];
    const fresh = all.filter((one) => one.weighedAt === null).slice(0, firstLooksATick);
    const stale = all
      .filter((one) => one.weighedAt !== null && now - one.weighedAt > weighEvery)
      .sort((a, b) => (a.weighedAt ?? 0) - (b.weighedAt ?? 0));
    for (const one of [...fresh, ...stale.slice(0, filesATick)]) {
      const length = readOnce(`/proc/${one.pid}/stat`);
      if (length >= 0 && parseStat(shared, length)?.start === one.start) {
        const before = one.private;
        one.private = parsePrivate(textOf(`/proc/${one.pid}/smaps_rollup`));
        one.weighedAt = now;
        if (one.private !== before) told.clear();
      } else forget(one.pid); // ended, or another process by now
    }
  };

  /** A new container's shim should not wait for the next round; one that has no helpers must not ask for ever. */
  const isImpatient = (container: string, now: Nanos) => {
    if (shares.has(container)) return false;
    const first = askedFirst.get(container) ?? now;
    askedFirst.set(container, first);
    return now - first < impatience;
  };

  return (container) => {
    const now = clock.monotonic();
    if (now - scannedAt >= (isImpatient(container, now) ? scanSoonest : scanEvery)) {
      // More to look at: go on with the next tick.
      scannedAt = scan() ? now : now - scanEvery + tick;
      for (const [asked, first] of askedFirst) if (now - first > weighEvery) askedFirst.delete(asked);
    }
    if (now - weighedAt >= tick) {
      weighedAt = now;
      weigh(now);
    }
    if (changed) {
      changed = false;
      shares = assign([...helpers.values()], [...insiders.values()]);
      told.clear();
    }
    const known = told.get(container);
    if (known) return known;
    const fresh = (shares.get(container) ?? []).map(tellOf);
    told.set(container, fresh);
    return fresh;
  };
}

const tellOf = ({ helper, among }: Share): Helper => ({
  pid: helper.pid,
  name: helper.name,
  private: helper.private === null ? null : Math.round(helper.private / among),
});

/** The program's name out of /proc/PID/stat, which is still in the shared buffer. */
function nameIn(length: number): string {
  const text = shared.toString("latin1", 0, length);
  return text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
}

/** The container's id as its cgroup's path has it: the last 64 hexadecimal digits, or the last part. */
function containerOf(pid: number): string | null {
  const paths = cgroupsOf(pid);
  const path = paths?.memory ?? paths?.unified ?? paths?.pids ?? null;
  if (path === null) return null;
  return path.match(/[0-9a-f]{64}/g)?.at(-1) ?? path.slice(path.lastIndexOf("/") + 1);
}

/** Helpers by container. A shim that serves a whole pod is divided among the pod's containers, in equal parts. */
function assign(helpers: readonly Found[], insiders: readonly Inside[]): Map<string, Share[]> {
  const wanted = new Set(helpers.map(({ serves }) => serves.by));
  const namespaces = wanted.has("namespace") || wanted.has("child") ? namespacesOf(insiders) : new Map();
  const addresses = wanted.has("address") ? addressesOf(insiders) : new Map<string, string>();
  const served = new Map<number, Set<string>>();
  for (const { parent, container } of insiders)
    served.set(parent, (served.get(parent) ?? new Set()).add(container));

  const inNamespace = (path: string): string | undefined => namespaces.get(inodeOf(path));
  const containersOf = ({ pid, serves }: Found): readonly (string | undefined)[] => {
    switch (serves.by) {
      case "id":
        return [...(served.get(pid) ?? [serves.id])];
      case "address":
        return [addresses.get(addressKey(serves.address))];
      case "namespace":
        return [inNamespace(serves.path)];
      case "child": {
        const family = [pid, ...helpers.filter(({ parent }) => parent === pid).map((child) => child.pid)];
        return [family.map((one) => inNamespace(`/proc/${one}/ns/net`)).find((found) => found !== undefined)];
      }
    }
  };

  const shares = new Map<string, Share[]>();
  for (const helper of helpers) {
    const containers = containersOf(helper);
    for (const container of containers)
      if (container !== undefined)
        shares.set(container, [...(shares.get(container) ?? []), { helper, among: containers.length }]);
  }
  return shares;
}

/** Network namespace -> the container in it. Not ours: a container on the host's network has no helper for it. */
function namespacesOf(insiders: readonly Inside[]): Map<number | null, string> {
  const found = new Map<number | null, string>();
  for (const { pid, container } of insiders) found.set(inodeOf(`/proc/${pid}/ns/net`), container);
  found.delete(inodeOf("/proc/self/ns/net"));
  found.delete(null);
  return found;
}

/** Address -> the container that has it. One process of each container tells. */
function addressesOf(insiders: readonly Inside[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { pid, container } of new Map(insiders.map((one) => [one.container, one])).values())
    for (const address of parseAddresses(
      textOf(`/proc/${pid}/net/fib_trie`),
      textOf(`/proc/${pid}/net/if_inet6`),
    ))
      found.set(address, container);
  return found;
}

function inodeOf(path: string): number | null {
  try {
    return statSync(path).ino;
  } catch {
    return null;
  }
}
