import { existsSync } from "node:fs";
import type { Bounds, CgroupPaths, Controller } from "../../../shared/model/instance.ts";
import type { LimitsReading } from "../../../shared/model/reading.ts";

const stands = (folder: string | null, name: string) =>
  folder !== null && existsSync(Buffer.from(`${folder}/${name}`, "latin1"));

/** Whether a controller works for a cgroup, by a file that it always has there: on v1 its own tree, else the v2 tree. */
const present: { readonly [controller in Controller]: (paths: CgroupPaths) => boolean } = {
  memory: ({ memory, unified }) =>
    stands(memory, "memory.usage_in_bytes") || stands(unified, "memory.current"),
  cpu: ({ cpu, unified }) => stands(cpu, "cpu.shares") || stands(unified, "cpu.weight"),
  pids: ({ pids, unified }) => stands(pids, "pids.current") || stands(unified, "pids.current"),
  io: ({ blkio, unified }) => stands(blkio, "blkio.reset_stats") || stands(unified, "io.stat"),
};

/** The controllers that do nothing for a cgroup: switched off, or not handed down to it. */
export const controllersWithout = (paths: CgroupPaths): readonly Controller[] =>
  (Object.keys(present) as Controller[]).filter((controller) => !present[controller](paths));

/** Of CPU that limit which is the smaller: the quota, or the CPUs that it may run on. */
const cpuOf = ({ cpu, cpus }: LimitsReading) =>
  cpus.value !== null && cpus.value < (cpu.value ?? Number.POSITIVE_INFINITY) ? cpus : cpu;

/** The bounds that limits and missing controllers make; `before` where they are just that. */
export function boundsOf(
  limits: LimitsReading,
  without: readonly Controller[],
  before: Bounds | null,
): Bounds {
  const ancestors: { -readonly [limit in keyof Bounds["ancestors"]]: string } = {};
  for (const limit of ["memory", "swap", "cpu", "pids", "read", "write"] as const) {
    const { ancestor } = limit === "cpu" ? cpuOf(limits) : limits[limit];
    if (ancestor !== null) ancestors[limit] = ancestor;
  }
  const bounds = { ancestors, without };
  return JSON.stringify(bounds) === JSON.stringify(before) ? (before ?? bounds) : bounds;
}
