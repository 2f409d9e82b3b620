import type { NamedCount } from "../../../shared/model/detail.ts";
import type { CgroupPaths } from "../../../shared/model/instance.ts";
import { numberIn, textIn } from "./read-limit.ts";

type Key = NamedCount["key"];

/** A flat keyed file as it is looked up for the panel: "oom_kill 2" a line; what is no whole number is left out. */
export function parseCounts(text: string): ReadonlyMap<string, number> {
  return new Map(
    [...text.matchAll(/^([a-z_]{1,60}) (\d{1,20})$/gm)].map(([, key = "", value]) => [key, Number(value)]),
  );
}

const countsIn = (folder: string, name: string) => parseCounts(textIn(`${folder}/${name}`));

/** What the kernel has counted for a cgroup since it was made, as far as it counts it. */
export function countsOf(paths: CgroupPaths): readonly NamedCount[] {
  const { memory, unified } = paths;
  return [
    ...(memory !== null ? memoryV1(memory) : unified !== null ? memoryV2(unified) : []),
    ...pidsOf(paths),
    ...cpuOf(paths),
  ];
}

const eventKeys: readonly (readonly [Key, string])[] = [
  ["memoryLow", "low"],
  ["memoryHigh", "high"],
  ["memoryMax", "max"],
  ["oom", "oom"],
  ["oomKill", "oom_kill"],
  ["oomGroupKill", "oom_group_kill"],
];
const refaultKeys: readonly (readonly [Key, string])[] = [
  ["refaultFile", "workingset_refault_file"],
  ["refaultAnon", "workingset_refault_anon"],
];

/** memory.events of v2 holds what happened to all below it too, memory.events.local (since 5.2) only its own. */
function memoryV2(folder: string): readonly NamedCount[] {
  const events = countsIn(folder, "memory.events");
  const local = countsIn(folder, "memory.events.local");
  const stat = countsIn(folder, "memory.stat");
  return [
    ...eventKeys.flatMap(([key, name]) =>
      counted(key, events.get(name), local.get(name), `memory.events: ${name}`),
    ),
    ...refaultKeys.flatMap(([key, name]) => counted(key, stat.get(name), undefined, `memory.stat: ${name}`)),
  ];
}

/** v1 counts kills and failures for the cgroup itself; memory.stat has both, the sums with total_ before them. */
function memoryV1(folder: string): readonly NamedCount[] {
  const oom = countsIn(folder, "memory.oom_control");
  const stat = countsIn(folder, "memory.stat");
  const failures = (key: Key, name: string) =>
    counted(key, numberIn(`${folder}/${name}`) ?? undefined, undefined, name);
  return [
    ...counted("oomKill", oom.get("oom_kill"), undefined, "memory.oom_control: oom_kill"),
    ...counted("underOom", oom.get("under_oom"), undefined, "memory.oom_control: under_oom"),
    ...failures("failures", "memory.failcnt"),
    ...failures("swapFailures", "memory.memsw.failcnt"),
    ...failures("kernelFailures", "memory.kmem.failcnt"),
    ...refaultKeys.flatMap(([key, name]) =>
      counted(key, stat.get(`total_${name}`), stat.get(name), `memory.stat: total_${name}`),
    ),
  ];
}

function pidsOf({ pids, unified }: CgroupPaths): readonly NamedCount[] {
  const folder = pids ?? unified;
  if (folder === null) return [];
  const local = countsIn(folder, "pids.events.local").get("max");
  return counted("pidsMax", countsIn(folder, "pids.events").get("max"), local, "pids.events: max");
}

/** v2 counts in microseconds, v1 in nanoseconds; neither counts without the cpu controller. */
function cpuOf({ cpu, unified }: CgroupPaths): readonly NamedCount[] {
  const folder = cpu ?? unified;
  if (folder === null) return [];
  const stat = countsIn(folder, "cpu.stat");
  const micros = stat.get("throttled_usec");
  return [
    ...counted("periods", stat.get("nr_periods"), undefined, "cpu.stat: nr_periods"),
    ...counted("throttledPeriods", stat.get("nr_throttled"), undefined, "cpu.stat: nr_throttled"),
    ...(cpu === null
      ? counted("throttledTime", micros && micros * 1e3, undefined, "cpu.stat: throttled_usec")
      : counted("throttledTime", stat.get("throttled_time"), undefined, "cpu.stat: throttled_time")),
  ];
}

const counted = (
  key: Key,
  value: number | undefined,
  local: number | undefined,
  from: string,
): readonly NamedCount[] => (value === undefined ? [] : [{ key, value, local: local ?? null, from }]);
