import type { CgroupPaths } from "../../../shared/model/instance.ts";
import type { LimitInForce, LimitsReading } from "../../../shared/model/reading.ts";
import { cgroupMounts } from "../../machine/cgroup-paths.ts";
import { cpusInForce } from "./cpuset.ts";
import { type IoKey, type IoLimits, ioInForce } from "./io-limits.ts";
import { asText, type Found, levelsOf, none } from "./levels.ts";
import { cores, file, physical, quotaV1, quotaV2, type Read, swapV1 } from "./read-limit.ts";

export type LimitsFound = { readonly [key in keyof LimitsReading]: Found };

const weighedIo: readonly IoKey[] = ["ioRead", "ioWrite"];

/** How long an ancestor's limit is taken from memory: hundreds of containers share the same few. */
const fresh = 9e9;

/** `before`: what was found last, to take the limits of disks and the set of CPUs from, which hardly change while it runs; null: read them too. */
export type LimitsIn = (paths: CgroupPaths, now: number, before?: LimitsFound | null) => LimitsFound;

/**
 * Finds the limits in force: the smallest along the ancestors, the nearest of equals. What is above the computer's
 * own size, "max", -1 and v1's 9223372036854771712 are no limit: null.
 */
export function limitsFinder(): LimitsIn {
  const ancestors = new Map<string, number | null>();
  const ancestorsIo = new Map<string, IoLimits>();
  let since = Number.NEGATIVE_INFINITY;

  const smallest = (
    folder: string | null,
    mount: string | null | undefined,
    name: string,
    read: Read,
    ceiling = Number.POSITIVE_INFINITY,
  ) => {
    if (folder === null) return none;
    let found = none;
    for (const level of levelsOf(folder, mount ?? null)) {
      const key = `${level.folder}/${name}`;
      const known = level.ancestor === null ? undefined : ancestors.get(key);
      const value = known === undefined ? read(level.folder) : known;
      if (level.ancestor !== null) ancestors.set(key, value);
      if (value !== null && value <= ceiling && (found.value === null || value < found.value))
        found = { value, ancestor: level.ancestor, from: asText(key) };
    }
    return found;
  };

  return (paths, now, before = null) => {
    if (now - since > fresh) {
      ancestors.clear();
      ancestorsIo.clear();
      since = now;
    }
    const mounts = cgroupMounts();
    const v2 = (name: string, read: Read, ceiling?: number) =>
      smallest(paths.unified, mounts?.unified, name, read, ceiling);
    const v1 = (controller: "memory" | "cpu" | "pids", name: string, read: Read, ceiling?: number) =>
      smallest(paths[controller], mounts?.controllers.get(controller), name, read, ceiling);
    const io = before === null ? ioInForce(paths, weighedIo, ancestorsIo) : null;
    const memoryV1 = v1("memory", "memory.limit_in_bytes", file("memory.limit_in_bytes"), physical());
    return {
      memory: paths.memory === null ? v2("memory.max", file("memory.max"), physical()) : memoryV1,
      memoryHigh: paths.memory === null ? v2("memory.high", file("memory.high"), physical()) : none,
      swap:
        paths.memory === null
          ? // Docker can't say "max": what it writes to lift a limit is a number that no computer reaches.
            v2("memory.swap.max", file("memory.swap.max"), 2 ** 62)
          : memoryV1.value === null
            ? none
            : v1("memory", "memory.memsw.limit_in_bytes", swapV1),
      cpu:
        paths.cpu === null
          ? v2("cpu.max", quotaV2, cores())
          : v1("cpu", "cpu.cfs_quota_us", quotaV1, cores()),
      cpus: before?.cpus ?? cpusInForce(paths),
      pids: paths.pids === null ? v2("pids.max", file("pids.max")) : v1("pids", "pids.max", file("pids.max")),
      read: io?.ioRead ?? before?.read ?? none,
      write: io?.ioWrite ?? before?.write ?? none,
    };
  };
}

const inForce = ({ value, ancestor }: Found): LimitInForce<number> => ({ value, ancestor });

/** As a reading holds them. */
export function limitsReading(found: LimitsFound): LimitsReading {
  return {
    memory: inForce(found.memory),
    memoryHigh: inForce(found.memoryHigh),
    swap: inForce(found.swap),
    cpu: inForce(found.cpu),
    cpus: inForce(found.cpus),
    pids: inForce(found.pids),
    read: inForce(found.read),
    write: inForce(found.write),
  };
}
