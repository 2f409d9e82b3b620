import { readFileSync } from "node:fs";
import { cgroupMounts } from "./machine/cgroup-paths.ts";

/** Controllers that the kernel offers here: v1 hierarchies by name, those of v2 as the root's cgroup.controllers says. */
export function cgroupControllers(): readonly string[] {
  const mounts = cgroupMounts();
  if (!mounts) return [];
  const v1 = [...mounts.controllers.keys()].filter((name) => controllerNames.has(name));
  try {
    const v2 = mounts.unified
      ? readFileSync(`${mounts.unified}/cgroup.controllers`, "utf8").trim().split(" ")
      : [];
    return [...new Set([...v1, ...v2.filter(Boolean)])].sort();
  } catch {
    return v1.sort();
  }
}

/** A v1 mount's options hold "rw" and "name=systemd" beside the controller. */
const controllerNames = new Set([
  "cpu",
  "cpuacct",
  "cpuset",
  "memory",
  "pids",
  "blkio",
  "hugetlb",
  "devices",
  "freezer",
  "net_cls",
  "net_prio",
  "perf_event",
  "rdma",
  "misc",
]);
