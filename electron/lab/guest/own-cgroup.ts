import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Bytes, Cores } from "../../../shared/model/units.ts";
import { type CgroupMounts, cgroupMounts, parseProcCgroup } from "../../machine/cgroup-paths.ts";
import { textOf } from "../../machine/proc-files.ts";

/** What a guest's QEMU may have, all of it together. */
export type Caps = {
  readonly memory: Bytes;
  /** null: as many as its vCPUs are. */
  readonly cpus: Cores | null;
};

type Surroundings = {
  readonly mounts: CgroupMounts | null;
  /** Our own /proc/self/cgroup. */
  readonly own: string;
};
const here = (): Surroundings => ({ mounts: cgroupMounts(), own: textOf("/proc/self/cgroup") });

/** Microseconds; the kernel's own. */
const period = 100_000;
type Cap = { readonly folder: string; readonly file: string; readonly value: string };

/** A cgroup of a guest's, gone once it is empty. */
type OwnCgroup = { remove(): Promise<void> };

/**
 * Puts a process into a cgroup that is made for it, beside our own, so that what it may take is capped by the kernel. Only
 * folders that are made here are ever written to. null: none could be made (not root, a container, no controllers): then
 * it runs where we do. `name`: of the guest, so that a later Tare finds it.
 */
export function ownCgroup(name: string, pid: number, caps: Caps, where = here()): OwnCgroup | null {
  const made = new Set<string>();
  for (const { folder, file, value } of capsOf(name, caps, where)) {
    try {
      if (!made.has(folder)) mkdirSync(folder);
      made.add(folder);
      writeFileSync(`${folder}/${file}`, value);
      writeFileSync(`${folder}/cgroup.procs`, String(pid));
    } catch {
      // Not ours to make, or the process ended: what was made goes with the others.
    }
  }
  return made.size === 0 ? null : { remove: () => removeAll([...made]) };
}

/** Takes away what a Tare that was killed left of a guest's cgroup. */
export function removeCgroup(name: string, where = here()): Promise<void> {
  return removeAll([...new Set(capsOf(name, { memory: 0, cpus: 0 }, where).map(({ folder }) => folder))]);
}

function capsOf(name: string, { memory, cpus }: Caps, { mounts, own }: Surroundings): readonly Cap[] {
  const paths = parseProcCgroup(own);
  const beside = (mount: string | null | undefined, controller: string) => {
    const path = paths.get(controller);
    return mount && path ? `${mount}${dirname(path) === "/" ? "" : dirname(path)}/tare-guest-${name}` : null;
  };
  const unified = beside(mounts?.unified, "");
  const offered = unified === null ? [] : textIn(`${dirname(unified)}/cgroup.subtree_control`).split(/\s+/);
  const cap = (controller: "memory" | "cpu", v1: string, v2: string, values: readonly [string, string]) => {
    const folder = beside(mounts?.controllers.get(controller), controller);
    if (folder !== null) return [{ folder, file: v1, value: values[0] }];
    return unified !== null && offered.includes(controller)
      ? [{ folder: unified, file: v2, value: values[1] }]
      : [];
  };
  const quota = Math.round((cpus ?? 0) * period);
  return [
    ...cap("memory", "memory.limit_in_bytes", "memory.max", [String(memory), String(memory)]),
    ...(cpus === null
      ? []
      : cap("cpu", "cpu.cfs_quota_us", "cpu.max", [String(quota), `${quota} ${period}`])),
  ];
}

function textIn(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** A process that was just reaped leaves its cgroup a moment later. */
async function removeAll(folders: readonly string[]): Promise<void> {
  let left = folders;
  for (let tries = 0; left.length > 0 && tries < 40; tries++) {
    if (tries > 0) await pause(25);
    left = left.filter((folder) => !isRemoved(folder));
  }
}

function isRemoved(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "EBUSY";
  }
}
