import { expect } from "vitest";
import type { Event } from "../../shared/model/event.ts";
import type { CgroupPaths, Instance } from "../../shared/model/instance.ts";
import type { Reading } from "../../shared/model/reading.ts";

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
export const waited = (files: Files, file: string) =>
  Number(/^some .* total=(\d+)$/m.exec(files[file] ?? "")?.[1]) * 1e3;

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
