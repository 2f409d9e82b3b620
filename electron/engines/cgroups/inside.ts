import { readFileSync, statSync } from "node:fs";
import type { CgroupPaths } from "../../../shared/model/instance.ts";
import type { Millis } from "../../../shared/model/units.ts";
import { type CgroupMounts, directories, parseProcCgroup } from "../../machine/cgroup-paths.ts";
import type { Clock } from "../../machine/clock.ts";
import { readStartedAt, readStartTicks } from "../../machine/process-start.ts";
import { recognise } from "./recognise.ts";
import { type Node, readFolders } from "./tree.ts";

/** Where to look: the hierarchy that weighs, and beside v1 ones the one that only sorts (an nspawn may be in it alone). */
export function hierarchies(mounts: CgroupMounts | null): readonly string[] {
  if (!mounts) return [];
  const { unified, controllers } = mounts;
  if (mounts.version === "v2") return unified === null ? [] : [unified];
  const weighing = controllers.get("memory") ?? controllers.get("cpu") ?? controllers.get("pids");
  const sorting = controllers.get("name=systemd") ?? unified;
  return [weighing, sorting].filter((mount) => mount !== undefined && mount !== null);
}

/**
 * The lowest pid in a cgroup or in the groups inside of it (crun's /container, a system container's init.scope); 0: a
 * process that has no pid here. Null: nobody is in it.
 */
export function readFirstPid(mounts: CgroupMounts, path: string): number | null {
  for (const mount of hierarchies(mounts)) {
    const pid = firstBelow(mount + path, 3);
    if (pid !== null) return pid;
  }
  return null;
}

const bytesOf = (path: string) => Buffer.from(path, "latin1");

function firstBelow(folder: string, levels: number): number | null {
  const pids = readPids(folder);
  if (pids.length > 0) return Math.min(...pids);
  if (levels === 0) return null;
  for (const name of readFolders(folder)) {
    const pid = firstBelow(`${folder}/${name}`, levels - 1);
    if (pid !== null) return pid;
  }
  return null;
}

/** None where the group was removed meanwhile, or is a threaded one, that tells no processes. */
function readPids(folder: string): readonly number[] {
  try {
    const text = readFileSync(bytesOf(`${folder}/cgroup.procs`), "latin1");
    return text.split("\n").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** A pod's sandbox, which does nothing but hold its namespaces. */
export function readIsPause(proc: string, pid: number, { recognised }: Node): boolean {
  if (recognised.what !== "instance" || recognised.engine !== "kubernetes") return false;
  try {
    return readFileSync(`${proc}/${pid}/comm`, "latin1").trim() === "pause";
  } catch {
    return false;
  }
}

/** When an instance began: when its first process did. */
export function readStart(proc: string, pid: number, clock: Clock): Millis | null {
  const ticks = pid > 0 ? readStartTicks(proc, pid) : null;
  return ticks === null ? null : readStartedAt(proc, ticks, clock.now());
}

/**
 * The directory of each controller: as a rule the same path in all of them. Where one has it not, the line that a process
 * inside has for that controller counts, if it is the same instance's: its neighbour's weight is not its own.
 */
export function readPaths(
  mounts: CgroupMounts,
  proc: string,
  { path, recognised }: Node,
  pid: number,
): CgroupPaths {
  const own = readProcCgroup(proc, pid);
  const elsewhere = (controller: string) => {
    const found = recognise(own.get(controller) ?? "");
    const same =
      found?.recognised.what === "instance" &&
      recognised.what === "instance" &&
      found.recognised.id === recognised.id;
    return same ? found.top : undefined;
  };
  return directories(mounts, (controller) => {
    const mount = controller === "" ? mounts.unified : mounts.controllers.get(controller);
    return mount && isFolder(mount + path) ? path : elsewhere(controller);
  });
}

function readProcCgroup(proc: string, pid: number): ReadonlyMap<string, string> {
  try {
    return parseProcCgroup(readFileSync(`${proc}/${pid}/cgroup`, "latin1"));
  } catch {
    return new Map();
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(bytesOf(path)).isDirectory();
  } catch {
    return false;
  }
}
