import { cpus, totalmem } from "node:os";
import type { NamedLimit } from "../../../shared/model/detail.ts";
import type { CgroupPaths } from "../../../shared/model/instance.ts";
import type { LimitInForce, LimitsReading } from "../../../shared/model/reading.ts";
import { cgroupMounts } from "../../machine/cgroup-paths.ts";
import { readOnce, shared } from "../../machine/held-file.ts";
import { type IoKey, type IoLimits, ioInForce, ioKeys } from "./io-limits.ts";
import { asText, type Found, levelsOf, none } from "./levels.ts";
import { parseNumber, parseQuota } from "./parse.ts";

export type LimitsFound = { readonly [key in keyof LimitsReading]: Found };

/** Reads a limit in a folder. null: no limit, or no such file. */
type Read = (folder: string) => number | null;

const numberIn = (path: string) => {
  const length = readOnce(path);
  return length < 0 ? null : parseNumber(shared, length);
};
const file =
  (name: string): Read =>
  (folder) =>
    numberIn(`${folder}/${name}`);

const quotaV2: Read = (folder) => {
  const length = readOnce(`${folder}/cpu.max`);
  return length < 0 ? null : parseQuota(shared, length);
};
/** cpu.cfs_quota_us is -1 without a limit, which is no number to the parser. */
const quotaV1: Read = (folder) => {
  const quota = numberIn(`${folder}/cpu.cfs_quota_us`);
  const period = quota === null ? null : numberIn(`${folder}/cpu.cfs_period_us`);
  return quota === null || !period ? null : quota / period;
};
/** v1 limits memory and swap together: what memsw leaves beside the memory limit is the limit of swap. */
const swapV1: Read = (folder) => {
  const memory = numberIn(`${folder}/memory.limit_in_bytes`);
  // The kernel keeps the limit of both at or above that of memory: without the one there is none of the other.
  if (memory === null || memory > physical()) return null;
  const both = numberIn(`${folder}/memory.memsw.limit_in_bytes`);
  return both === null || both > 2 ** 62 ? null : both - memory;
};

let memory = 0;
let threads = 0;
const physical = () => (memory ||= totalmem());
const cores = () => (threads ||= cpus().length);

const weighedIo: readonly IoKey[] = ["ioRead", "ioWrite"];

/** How long an ancestor's limit is taken from memory: hundreds of containers share the same few. */
const fresh = 9e9;

export type LimitsIn = (paths: CgroupPaths, now: number) => LimitsFound;

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

  return (paths, now) => {
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
    const io = ioInForce(paths, weighedIo, ancestorsIo);
    const memoryV1 = v1("memory", "memory.limit_in_bytes", file("memory.limit_in_bytes"), physical());
    return {
      memory: paths.memory === null ? v2("memory.max", file("memory.max"), physical()) : memoryV1,
      memoryHigh: paths.memory === null ? v2("memory.high", file("memory.high"), physical()) : none,
      swap:
        paths.memory === null
          ? v2("memory.swap.max", file("memory.swap.max"))
          : memoryV1.value === null
            ? none
            : v1("memory", "memory.memsw.limit_in_bytes", swapV1),
      cpu:
        paths.cpu === null
          ? v2("cpu.max", quotaV2, cores())
          : v1("cpu", "cpu.cfs_quota_us", quotaV1, cores()),
      pids: paths.pids === null ? v2("pids.max", file("pids.max")) : v1("pids", "pids.max", file("pids.max")),
      read: io.ioRead,
      write: io.ioWrite,
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
    pids: inForce(found.pids),
    read: inForce(found.read),
    write: inForce(found.write),
  };
}

/** As the panel lists them: those that exist, and the CPU weight, which is no limit but decides who waits. */
export function namedLimits(found: LimitsFound, paths: CgroupPaths): readonly NamedLimit[] {
  const { read: _, write: __, ...others } = found;
  const all = { ...others, ...ioInForce(paths, ioKeys, new Map()) };
  const listed = Object.entries(all).flatMap(([key, { value, ancestor, from }]) =>
    value === null || from === null
      ? []
      : [{ key: key as keyof typeof all, value, ancestor, from, own: null, used: null, told: null }],
  );
  const weightFile =
    paths.cpu === null ? paths.unified && `${paths.unified}/cpu.weight` : `${paths.cpu}/cpu.shares`;
  const weight = weightFile === null ? null : numberIn(weightFile);
  return weightFile === null || weight === null
    ? listed
    : [
        ...listed,
        {
          key: "cpuWeight",
          value: weight,
          ancestor: null,
          from: asText(weightFile),
          own: null,
          used: null,
          told: null,
        },
      ];
}
