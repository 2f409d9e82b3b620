import { execFileSync } from "node:child_process";
import { rmdirSync, writeFileSync } from "node:fs";
import { cgroups } from "../../electron/engines/cgroups/cgroups.ts";
import { readHost } from "../../electron/live/host.ts";
import { live } from "../../electron/live/live.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import type { Finding, RuleId } from "../../shared/model/finding.ts";
import type { Millis } from "../../shared/model/units.ts";
import { judged } from "../judged.ts";
import { make, root, start, stop } from "./boxes.ts";
import { filesOf, tell, textOf, until } from "./kernel.ts";

// Runs inside the guest: what rules are about, made for real under cgroup v2; the back end watches it, and its rules say what
// they find.

/** Windows are shortened: what is proven is the rule, not that it can wait. */
const window = 4_000;
const thresholds = {
  ...{ throttledFor: window, starvedFor: window, thrashingFor: window, ioFor: window, unusedFor: window },
};

/** What ends by itself looks for this file. */
const end = "/run/tare-situations-end";
const untilEnd = (body: string) => `while [ ! -e ${end} ]; do ${body}; done; exec sleep 1000`;
const spin = untilEnd(":");
const still = "exec sleep 1000";
/** dd fills its buffer, then waits for a reader that never reads. */
const hold = (amount: string) => `dd if=/dev/zero bs=${amount} count=1 | sleep 1000`;
/** Disks in memory. The last to close one empties its cache: who reads it holds it open. Their reads can't be throttled. */
const disk = "/dev/ram0";
const swap = "/dev/ram1";

type Situation = {
  /** null: nothing above a note may be said of it. */
  readonly rule: RuleId | null;
  readonly limits: Readonly<Record<string, string>>;
  readonly script: string;
  /** Limits that end it; null: the file does. */
  readonly end?: Readonly<Record<string, string>>;
};

const own: Readonly<Record<string, Situation>> = {
  swapping: {
    rule: "swap-full",
    limits: { "memory.max": "32M", "memory.swap.max": "32M" },
    script: hold("60M"),
    end: { "memory.max": "128M" },
  },
  // As much in swap, but far from its limit: the kernel took back what nobody used.
  swapped: {
    rule: null,
    limits: { "memory.max": "64M", "memory.swap.max": "32M" },
    script: hold("36M"),
  },
  killed: {
    rule: "memory-killed",
    limits: { "memory.max": "16M", "memory.swap.max": "0" },
    script: `tail /dev/zero; ${still}`,
    end: { "memory.max": "64M" },
  },
  // At its soft limit the kernel holds it up, and kills nothing.
  soft: {
    rule: "memory-thrashing",
    limits: { "memory.high": "16M", "memory.swap.max": "0" },
    script: hold("40M"),
    end: { "memory.high": "max" },
  },
  throttled: {
    rule: "cpu-throttled",
    limits: { "cpu.max": "10000 100000" },
    script: spin,
  },
  burst: {
    rule: null,
    limits: { "cpu.max": "10000 100000", "memory.max": "32M" },
    script: untilEnd("timeout 0.3 sh -c 'while :; do :; done'; sleep 3"),
  },
  pids: {
    rule: "pids-full",
    limits: { "pids.max": "8" },
    script: `for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 1000 & done; wait`,
    end: { "pids.max": "64" },
  },
  half: {
    rule: null,
    limits: { "pids.max": "8" },
    script: "for i in 1 2 3; do sleep 1000 & done; wait",
  },
  cached: {
    rule: "cache-only",
    limits: { "memory.max": "48M" },
    script: `exec 3< ${disk}; for i in 1 2 3; do dd if=${disk} of=/dev/null bs=1M count=45; done; ${still}`,
    end: { "memory.max": "128M" },
  },
  roomy: {
    rule: "limit-unused",
    limits: { "memory.max": "512M" },
    script: still,
    end: { "memory.max": "32M" },
  },
  unlimited: { rule: "no-limit", limits: {}, script: still, end: { "memory.max": "64M" } },
};

const pathOf = (name: string) => `lxc.payload.tare-${name}`;
const idOf = (name: string) => `lxc:tare-${name}`;
/** Its parent hands everything down but memory. */
const without = "tare-unhanded";

const write = (name: string, values: Readonly<Record<string, string>>) => {
  for (const [file, value] of Object.entries(values)) writeFileSync(`${root}/${pathOf(name)}/${file}`, value);
};

type Files = Readonly<Record<string, string | null>>;

/** What came of all of them. */
export type Situations = {
  /** The first finding of each, how long it took, and the kernel's files of then. */
  readonly made: readonly {
    readonly name: string;
    readonly after: Millis;
    readonly finding: Finding;
    readonly files: Files;
  }[];
  readonly missed: readonly { readonly name: string; readonly files: Files }[];
  /** Files of who has something in swap and needs nothing. */
  readonly swapped: Files;
  /** Found, and not over a minute after its end. */
  readonly stay: readonly string[];
  /** All that was told. */
  readonly told: readonly Pick<Finding, "id" | "rule" | "instance" | "severity" | "openedAt">[];
};

/** Makes all of them side by side, waits until each was found, ends them, waits until all have cleared, and tells. */
async function situations(): Promise<void> {
  execFileSync("insmod", ["/lib/modules/brd.ko", "rd_nr=2", "rd_size=131072"]);
  execFileSync("mkswap", [swap], { stdio: "ignore" });
  execFileSync("swapon", [swap]);
  const stopped = new AbortController();
  const source = live(
    [cgroups({ services: false })],
    await readHost(systemClock),
    systemClock,
    stopped.signal,
  );
  const weighed = new Set<string>();
  source.listen(({ samples }) => {
    for (const id of samples.keys()) weighed.add(id);
  }, stopped.signal);
  const found = judged(source, thresholds, stopped.signal);

  make(without, { "cgroup.subtree_control": "-memory" });
  const off = make(`${without}/lxc.payload.tare-off`);
  start(off, still);
  // Whoever is watched from its start on has something to be compared with: what counts is what comes then.
  for (const [name, { limits }] of Object.entries(own)) start(make(pathOf(name), limits), still);
  const ids = [...Object.keys(own), "off"].map(idOf);
  await until("all are watched", () => ids.every((id) => weighed.has(id)));
  for (const [name, { script }] of Object.entries(own)) start(`${root}/${pathOf(name)}`, script);
  const began = performance.now();
  await until(
    "there is something to take back",
    () => Number(textOf(`${root}/${pathOf("swapped")}`, "memory.current")) > 36 * 2 ** 20,
  );
  write("swapped", { "memory.reclaim": "10M" });

  const wanted = Object.entries(own).flatMap(([name, { rule }]) =>
    rule ? [{ name, rule, id: idOf(name) }] : [],
  );
  const host = [{ name: "off", rule: "controller-off" as const, id: null }];
  const left = new Map([...wanted, ...host].map((one) => [one.name, one]));
  const made: Situations["made"][number][] = [];
  await until(
    "each is found",
    () => {
      for (const { name, rule, id } of left.values()) {
        const finding = found.told.find((one) => one.rule === rule && one.instance === id);
        if (!finding) continue;
        left.delete(name);
        const folder = id === null ? off : `${root}/${pathOf(name)}`;
        made.push({ name, after: performance.now() - began, finding, files: filesOf(folder) });
      }
      return left.size === 0;
    },
    60_000,
  ).catch(() => undefined);
  const swapped = filesOf(`${root}/${pathOf("swapped")}`);

  writeFileSync(end, "");
  for (const [name, { end: ends }] of Object.entries(own)) if (ends) write(name, ends);
  writeFileSync(`${off}/cgroup.kill`, "1");
  const open = () => found.open().filter((one) => made.some(({ finding }) => finding.id === one.id));
  await until("each is over", () => open().length === 0, 90_000).catch(() => undefined);
  const all: Situations = {
    made,
    missed: [...left.keys()].map((name) => ({ name, files: filesOf(`${root}/${pathOf(name)}`) })),
    swapped,
    stay: open().map(({ id }) => id),
    told: found.told.map(({ id, rule, instance, severity, openedAt }) => ({
      ...{ id, rule, instance, severity, openedAt },
    })),
  };
  tell("situations", all);
  stopped.abort();
  for (const name of Object.keys(own)) await stop(`${root}/${pathOf(name)}`);
  rmdirSync(off);
  execFileSync("swapoff", [swap]);
}

await situations();
process.exit(0);
