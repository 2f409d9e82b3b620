import type { NamedLimit } from "../../../shared/model/detail.ts";
import type { CgroupPaths } from "../../../shared/model/instance.ts";
import { cgroupMounts } from "../../machine/cgroup-paths.ts";
import { cpusetOf } from "./cpuset.ts";
import { hugetlbOf } from "./hugetlb.ts";
import { ioInForce, ioKeys } from "./io-limits.ts";
import { asText, levelsOf } from "./levels.ts";
import type { LimitsFound } from "./limits.ts";
import { file, numberIn, physical, quotaV1, quotaV2, type Read, swapV1, textIn } from "./read-limit.ts";

type Weighed = "memory" | "memoryHigh" | "swap" | "cpu" | "pids";
const weighed: readonly Weighed[] = ["memory", "memoryHigh", "swap", "cpu", "pids"];

/** What a cgroup itself is set to, where it has a setting of its own. */
const ownV1: { readonly [key in Weighed]: Read } = {
  memory: file("memory.limit_in_bytes"),
  memoryHigh: () => null,
  swap: swapV1,
  cpu: quotaV1,
  pids: file("pids.max"),
};
const ownV2: { readonly [key in Weighed]: Read } = {
  memory: file("memory.max"),
  memoryHigh: file("memory.high"),
  swap: file("memory.swap.max"),
  cpu: quotaV2,
  pids: file("pids.max"),
};
const folderV1 = (paths: CgroupPaths, key: Weighed) =>
  key === "cpu" ? paths.cpu : key === "pids" ? paths.pids : paths.memory;

function ownOf(paths: CgroupPaths, key: Weighed): number | null {
  const v1 = folderV1(paths, key);
  const own = v1 !== null ? ownV1[key](v1) : paths.unified === null ? null : ownV2[key](paths.unified);
  return own !== null && key === "memory" && own > physical() ? null : own;
}

/**
 * As the panel lists them, what exists: the limits in force with what the cgroup itself is set to, protections, weights,
 * CPUs, huge pages. `found` is what is weighed each second anyway.
 */
export function namedLimits(found: LimitsFound, paths: CgroupPaths): readonly NamedLimit[] {
  const plain = { used: null, told: null };
  const main = weighed.flatMap((key): NamedLimit[] => {
    const { value, ancestor, from } = found[key];
    if (value === null || from === null) return [];
    return [{ key, value, ancestor, from, own: ownOf(paths, key), ...plain, told: toldOf(paths, key) }];
  });
  const io = ioInForce(paths, ioKeys, new Map());
  const disks = ioKeys.flatMap((key): NamedLimit[] => {
    const { value, ancestor, from } = io[key];
    return value === null || from === null
      ? []
      : [{ key, value, ancestor, from, own: ancestor === null ? value : null, ...plain }];
  });
  return [
    ...main,
    ...protections(paths),
    ...disks,
    ...weightOf(paths),
    ...cpusetOf(paths),
    ...hugetlbOf(paths),
  ];
}

/** A quota with its period, as the kernel writes them: microseconds. */
function toldOf(paths: CgroupPaths, key: Weighed): string | null {
  if (key !== "cpu") return null;
  const { cpu, unified } = paths;
  if (cpu === null) return unified === null ? null : textIn(`${unified}/cpu.max`) || null;
  const [quota, period] = [textIn(`${cpu}/cpu.cfs_quota_us`), textIn(`${cpu}/cpu.cfs_period_us`)];
  return quota && period ? `${quota} ${period}` : null;
}

/**
 * memory.low and memory.min hold off the kernel from taking memory back; an ancestor's smaller one caps them (what is left
 * is an upper bound: siblings share it). v1's soft limit is the other way round: above it memory is taken back first.
 */
function protections(paths: CgroupPaths): readonly NamedLimit[] {
  const { memory, unified } = paths;
  if (memory !== null) {
    const value = numberIn(`${memory}/memory.soft_limit_in_bytes`);
    const from = asText(`${memory}/memory.soft_limit_in_bytes`);
    return value === null || value > physical()
      ? []
      : [{ key: "memorySoft", value, ancestor: null, from, own: value, used: null, told: null }];
  }
  if (unified === null) return [];
  return (["memoryLow", "memoryMin"] as const).flatMap((key): NamedLimit[] => {
    const name = key === "memoryLow" ? "memory.low" : "memory.min";
    // Protection of everything is written as max.
    const at = (folder: string) => {
      const text = textIn(`${folder}/${name}`);
      return text === "max" ? physical() : text === "" ? null : Number(text);
    };
    const own = at(unified);
    if (own === null || !(own > 0)) return [];
    let least: { value: number; ancestor: string | null; from: string } | null = null;
    for (const { folder, ancestor } of levelsOf(unified, cgroupMounts()?.unified ?? null)) {
      const value = at(folder);
      if (value !== null && (least === null || value < least.value))
        least = { value, ancestor, from: asText(`${folder}/${name}`) };
    }
    return least === null
      ? []
      : [{ key, ...least, own, used: numberIn(`${unified}/memory.current`), told: null }];
  });
}

/** No limit, but it decides who waits. */
function weightOf({ cpu, unified }: CgroupPaths): readonly NamedLimit[] {
  const path = cpu === null ? unified && `${unified}/cpu.weight` : `${cpu}/cpu.shares`;
  const value = path === null ? null : numberIn(path);
  return path === null || value === null
    ? []
    : [{ key: "cpuWeight", value, ancestor: null, from: asText(path), own: value, used: null, told: null }];
}
