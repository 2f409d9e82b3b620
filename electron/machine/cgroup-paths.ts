import { existsSync, readFileSync } from "node:fs";
import type { CgroupPaths } from "../../shared/model/instance.ts";

/** Where each hierarchy is mounted, as the kernel says in /proc/self/mountinfo. */
export type CgroupMounts = {
  readonly version: "v1" | "v2" | "hybrid";
  readonly unified: string | null;
  /** v1 controller -> mount point. */
  readonly controllers: ReadonlyMap<string, string>;
};

/**
 * Parses /proc/self/mountinfo, https://docs.kernel.org/filesystems/proc.html (3.5)
 *   34 25 0:29 / /sys/fs/cgroup/memory rw,nosuid shared:11 - cgroup cgroup rw,memory
 *   35 25 0:30 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw,nsdelegate
 * Null: no cgroups here. A v2 mount that has no controllers beside v1 ones is a hybrid.
 */
export function parseMounts(text: string): CgroupMounts | null {
  const controllers = new Map<string, string>();
  let unified: string | null = null;
  for (const line of text.split("\n")) {
    const [front, back] = line.split(" - ");
    if (!front || !back) continue;
    const [type, , options] = back.split(" ");
    const point = front
      .split(" ")[4]
      ?.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
    if (!point) continue;
    if (type === "cgroup2") unified ??= point;
    if (type === "cgroup")
      for (const word of options?.split(",") ?? []) if (!controllers.has(word)) controllers.set(word, point);
  }
  if (unified === null && controllers.size === 0) return null;
  const version = controllers.has("memory") || controllers.has("cpu") ? (unified ? "hybrid" : "v1") : "v2";
  return { version, unified, controllers };
}

let known: CgroupMounts | null | undefined;
/** The mounts of this machine, looked up once. */
export function cgroupMounts(): CgroupMounts | null {
  if (known === undefined) {
    try {
      known = parseMounts(readFileSync("/proc/self/mountinfo", "latin1"));
    } catch {
      known = null;
    }
  }
  return known;
}

/**
 * Parses /proc/PID/cgroup, https://man7.org/linux/man-pages/man7/cgroups.7.html
 *   12:cpu,cpuacct:/docker/3f9c…
 *   0::/system.slice/docker-3f9c….scope
 * Split at the first two colons only: a path may hold one. Gives controller -> path, "" for v2.
 */
export function parseProcCgroup(text: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const line of text.split("\n")) {
    const first = line.indexOf(":");
    const second = line.indexOf(":", first + 1);
    if (first < 0 || second < 0) continue;
    const path = line.slice(second + 1).replace(/ \(deleted\)$/, "");
    for (const controller of line.slice(first + 1, second).split(",")) paths.set(controller, path);
  }
  return paths;
}

/** The directories for each controller's path (a constant path for all of them: give one function). */
export function directories(
  mounts: CgroupMounts,
  pathOf: (controller: string) => string | undefined,
): CgroupPaths {
  const of = (controller: string) => {
    const mount = mounts.controllers.get(controller);
    const path = pathOf(controller);
    // "/" is the root itself: weighing it would weigh the whole machine.
    return mount && path && path !== "/" ? mount + path : null;
  };
  const path = pathOf("");
  return {
    unified: mounts.unified && path && path !== "/" ? mounts.unified + path : null,
    memory: of("memory"),
    cpu: of("cpu"),
    cpuacct: of("cpuacct"),
    pids: of("pids"),
    blkio: of("blkio"),
  };
}

/** The cgroup directories of a process; null: no such process, no cgroups, or none of them is visible from here. */
export function cgroupsOf(pid: number): CgroupPaths | null {
  const mounts = cgroupMounts();
  if (!mounts) return null;
  try {
    const paths = parseProcCgroup(readFileSync(`/proc/${pid}/cgroup`, "latin1"));
    const found = directories(mounts, (controller) => paths.get(controller));
    return Object.values(found).some((path) => path !== null && existsSync(Buffer.from(path, "latin1")))
      ? found
      : null;
  } catch {
    return null;
  }
}
