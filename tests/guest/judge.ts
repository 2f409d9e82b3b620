import { expect } from "vitest";
import type { Detail } from "../../shared/model/detail.ts";
import type { Event } from "../../shared/model/event.ts";
import type { CgroupPaths, Instance } from "../../shared/model/instance.ts";
import type { Reading } from "../../shared/model/reading.ts";
import type { Changed } from "./changed.ts";

// What came out of the guest, and the independent look at the kernel's files beside it.

export type Files = Readonly<Record<string, string | null>>;
export type AtRest = { readonly reading: Reading; readonly files: Files };
export type Claimed = AtRest & {
  readonly key: string;
  /** Under which ids the census knows it. */
  readonly ids: readonly string[];
  readonly instance: Instance | null;
  readonly paths: CgroupPaths;
  readonly pid: number;
  readonly procs: string | null;
  readonly helpers: readonly { readonly name: string; readonly private: number; readonly rollup: string }[];
  /** What Docker's API says of it, asked for by the program itself. */
  readonly state?: { readonly Pid: number; readonly StartedAt: string };
  readonly memoryStats?: { readonly usage: number; readonly stats: { readonly anon: number } };
};
export type Ended = {
  readonly reading: Reading | "gone";
  readonly events: readonly Event[];
  readonly ids: readonly string[];
  readonly instance: Instance | null;
};
export const MiB = 2 ** 20;

/** An independent look at the kernel's files: strings, split, Number; none of the reader's code. */
export const keyOf = (files: Files, file: string, key: string) => {
  const row = files[file]?.split("\n").find((line) => line.startsWith(`${key} `));
  return row === undefined ? null : Number(row.split(" ")[1]);
};
export const numberOf = (files: Files, file: string) => Number(files[file]?.trim());
export const waited = (files: Files, file: string, line: "some" | "full" = "some") =>
  Number(new RegExp(`^${line} .* total=(\\d+)$`, "m").exec(files[file] ?? "")?.[1]) * 1e3;

export function expectMemoryOfFiles({ reading, files }: AtRest) {
  const stat = (key: string) => keyOf(files, "memory.stat", key);
  expect(reading.memory).toEqual({
    charged: numberOf(files, "memory.current"),
    anon: stat("anon"),
    file: stat("file"),
    shmem: stat("shmem"),
    activeFile: stat("active_file"),
    inactiveFile: stat("inactive_file"),
    mappedFile: stat("file_mapped"),
    kernel: stat("kernel"),
    slabReclaimable: stat("slab_reclaimable"),
    swap: files["memory.swap.current"] === null ? null : numberOf(files, "memory.swap.current"),
    peak: numberOf(files, "memory.peak"),
    refaults:
      (stat("workingset_refault_anon") ?? Number.NaN) + (stat("workingset_refault_file") ?? Number.NaN),
  });
}

export const only = (unified: string) => ({
  ...{ unified, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null },
});

export function expectWeighed(rest: Claimed) {
  expectMemoryOfFiles(rest);
  expect(rest.reading.memory?.anon).toBeGreaterThanOrEqual(16 * MiB);
  expect(rest.reading.limits).toMatchObject({
    memory: { value: 64 * MiB, ancestor: null },
    cpu: { value: 0.5, ancestor: null },
    pids: { value: 30, ancestor: null },
  });
  // Its own namespace, with nothing in it but lo: known, and nothing.
  expect(rest.reading.network).toEqual({ received: 0, sent: 0 });
}

/** One helper of this name, with about the private memory that the kernel counts for it: it lives on meanwhile. */
export function expectHelper({ helpers, reading }: Claimed, name: string) {
  expect(helpers).toHaveLength(1);
  const [helper] = helpers;
  expect(helper?.name).toBe(name);
  const rows = [...(helper?.rollup ?? "").matchAll(/^Private_\w+: +(\d+) kB$/gm)];
  const now = rows.reduce((sum, row) => sum + Number(row[1]) * 1024, 0);
  expect(now).toBeGreaterThan(0);
  expect(Math.abs((helper?.private ?? Number.NaN) - now)).toBeLessThan(0.3 * now);
  expect(Math.abs((reading.helpers ?? Number.NaN) - now)).toBeLessThan(0.3 * now);
}

export type Kept = AtRest & {
  readonly detail: Detail;
  readonly pinned: Detail;
  readonly cpus: number;
  /** The same files after the detail was looked up. */
  readonly after: Files;
};

/** What is looked up only for the panel, against the files of before and after. */
export function expectKept({ reading, files, detail, pinned, cpus, after }: Kept) {
  expect(reading.highHits).toBe(keyOf(files, "memory.events", "high"));
  expect(reading.highHits).toBeGreaterThan(0);
  expect(reading.pidsHits).toBe(keyOf(files, "pids.events", "max"));
  expect(reading.pidsHits).toBeGreaterThan(0);
  const limit = (key: string, { limits }: Detail = detail) => limits.find((one) => one.key === key);
  const parent = "/tare-kept";
  expect(limit("memoryHigh")).toMatchObject({ value: 8 * MiB, ancestor: null, own: 8 * MiB });
  expect(limit("memoryLow")).toMatchObject({ value: 6 * MiB, ancestor: parent, own: 12 * MiB });
  // The parent keeps nothing, so the box's own promise is worth nothing.
  expect(limit("memoryMin")).toMatchObject({ value: 0, ancestor: parent, own: 4 * MiB });
  for (const { key, value, local, from } of detail.counts) {
    const [file = "", name = ""] = from.split(": ");
    const scale = key === "throttledTime" ? 1e3 : 1;
    expect(value, from).toBeGreaterThanOrEqual((keyOf(files, file, name) ?? Number.NaN) * scale);
    expect(value, from).toBeLessThanOrEqual((keyOf(after, file, name) ?? Number.NaN) * scale);
    if (file !== "memory.events") continue;
    // It is held up all the while, so its counters go on between two looks.
    expect(local, from).toBeGreaterThanOrEqual(keyOf(files, "memory.events.local", name) ?? Number.NaN);
    expect(local, from).toBeLessThanOrEqual(keyOf(after, "memory.events.local", name) ?? Number.NaN);
  }
  expect(detail.counts.map(({ key }) => key)).toEqual(
    expect.arrayContaining(["memoryLow", "memoryHigh", "memoryMax", "oomKill", "oomGroupKill", "pidsMax"]),
  );
  expect(detail.pressure?.memory.some?.total).toBeGreaterThanOrEqual(waited(files, "memory.pressure"));
  expect(detail.pressure?.memory.some?.total).toBeLessThanOrEqual(waited(after, "memory.pressure"));
  // cpu and io were not handed down to it, and that is told: not that nothing was used.
  expect(detail.missing).toEqual([
    { what: "cpu", why: "undelegated" },
    { what: "io", why: "undelegated" },
  ]);
  expect(limit("hugetlb", pinned)).toMatchObject({ value: 4 * MiB, own: 4 * MiB, used: 0, told: "2MB" });
  if (cpus > 1)
    expect(limit("cpuset", pinned)).toMatchObject({ value: 1, own: 1, told: "0", ancestor: null });
}

/** Limits that Tare has set, by the kernel's own files: v2 keeps swap apart, and kills where too little is set. */
export function expectChanged({ before, set, undone, low, unnamed, named }: Changed): void {
  expect(before).toEqual({ max: "max\n", swap: "max\n" });
  expect(set).toMatchObject({
    max: `${64 * MiB}\n`,
    swap: "0\n",
    change: { state: "applied", from: null },
  });
  expect(undone).toMatchObject({ max: before.max, change: { state: "undone", readBack: null } });
  // Docker can't say "max" of swap; what it says is more than any computer has.
  expect(Number(undone.swap)).toBeGreaterThan(2 ** 62);
  expect(low).toMatchObject({ dangerous: true, needsName: true });
  expect(low.use).toBeGreaterThan(16 * MiB);
  expect(unnamed.code).toBe("name");
  expect(named).toMatchObject({ change: { state: "applied", readBack: 8 * MiB } });
  // Its cgroup may be gone with it by then.
  expect([`${8 * MiB}\n`, null]).toContain(named.max);
}
