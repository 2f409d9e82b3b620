import { type FigureName, figures } from "../figures.ts";
import type { Evidence, EvidenceUnit } from "../model/finding.ts";
import type { HostFacts } from "../model/host.ts";
import type { Instance } from "../model/instance.ts";
import type { Millis } from "../model/units.ts";

type From = "v1" | "v2" | "process" | "api";
type Told = {
  readonly unit: EvidenceUnit;
  /** Whose place in the registry says where it stands, or the place itself. */
  readonly source: FigureName | { readonly [from in From]?: string } | { readonly at: string };
};

const own = {
  v1: "memory.stat: total_rss + total_shmem",
  v2: "memory.stat: anon + shmem",
  api: "memory_stats",
};
const wholeKernel = {
  v1: "memory.stat, memory.kmem.usage_in_bytes",
  v2: "memory.stat: anon + shmem + kernel - slab_reclaimable",
};

/** THE list of evidence: each by the name that its words have, its unit, and where the kernel or the engine keeps it. */
const kinds = {
  kills: { unit: "count", source: "oomKills" },
  limitHits: { unit: "count", source: "limitHits" },
  refaults: { unit: "per-second", source: "refaults" },
  waitedMemory: { unit: "fraction", source: "pressureMemory" },
  stoodStillMemory: { unit: "fraction", source: "pressureMemoryFull" },
  waitedCpu: { unit: "fraction", source: "pressureCpu" },
  waitedIo: { unit: "fraction", source: "pressureIo" },
  restarts: { unit: "count", source: { at: "RestartCount" } },
  memoryLimit: { unit: "bytes", source: "memoryLimit" },
  workingSet: { unit: "bytes", source: "workingSet" },
  own: { unit: "bytes", source: own },
  killable: { unit: "bytes", source: wholeKernel },
  cache: { unit: "bytes", source: "cache" },
  peak: { unit: "bytes", source: "peak" },
  seenPeak: { unit: "bytes", source: "workingSet" },
  usual: { unit: "bytes", source: "workingSet" },
  growth: { unit: "bytes-per-second", source: wholeKernel },
  fit: { unit: "fraction", source: { at: "Theil–Sen" } },
  fullIn: { unit: "ms", source: { at: "Theil–Sen" } },
  throttledPeriods: { unit: "fraction", source: "throttledShare" },
  throttledTime: { unit: "cores", source: "throttledTime" },
  cores: { unit: "cores", source: "cores" },
  coresPeak: { unit: "cores", source: "cores" },
  coresUsual: { unit: "cores", source: "cores" },
  cpuLimit: { unit: "cores", source: "cpuLimit" },
  hostCores: { unit: "cores", source: { at: "/proc/stat" } },
  hostThreads: { unit: "count", source: { at: "/proc/stat" } },
  pids: { unit: "count", source: "pids" },
  pidsLimit: { unit: "count", source: "pidsLimit" },
  pidsHits: { unit: "count", source: "pidsHits" },
  swap: { unit: "bytes", source: "swap" },
  swapLimit: { unit: "bytes", source: "swapLimit" },
  read: { unit: "bytes-per-second", source: "read" },
  readLimit: { unit: "bytes-per-second", source: "readLimit" },
  written: { unit: "bytes-per-second", source: "written" },
  writeLimit: { unit: "bytes-per-second", source: "writeLimit" },
  reportedMemory: { unit: "bytes", source: { at: "inspect: HostConfig.Memory" } },
  reportedCpu: { unit: "cores", source: { at: "inspect: HostConfig.NanoCpus" } },
  reportedPids: { unit: "count", source: { at: "inspect: HostConfig.PidsLimit" } },
  withoutMemory: { unit: "count", source: { at: "memory.current" } },
  limitsNotHeld: { unit: "count", source: { at: "inspect: HostConfig.Memory" } },
  sumOfLimits: { unit: "bytes", source: { at: "memory.max" } },
  hostMemory: { unit: "bytes", source: { at: "/proc/meminfo: MemTotal" } },
  configured: { unit: "bytes", source: "configured" },
  gross: { unit: "bytes", source: "gross" },
  inUse: { unit: "bytes", source: "inUse" },
  held: { unit: "bytes", source: { at: "domstats: balloon" } },
} as const satisfies Record<string, Told>;

export type EvidenceName = keyof typeof kinds;
export const evidenceNames = Object.keys(kinds) as readonly EvidenceName[];

/** How an instance's figures are read; as registry of figures and evidence call it. */
function readingOf({ weighed }: Instance, { cgroup }: HostFacts): From {
  if (weighed === "process" || weighed === "api") return weighed;
  // Hybrid: v1 holds the controllers.
  return cgroup === "v2" ? "v2" : "v1";
}

/** The place without our own words: "{cores} / {quota}" is none. */
function placeOf(source: Told["source"], from: From): string {
  if (typeof source === "object" && "at" in source) return source.at;
  const places: { readonly [kind in From]?: string } =
    typeof source === "string" ? figures[source].from : source;
  return (places[from] ?? places.v2 ?? places.process ?? places.api ?? "").replace(/\s*[[({]+.*$/, "");
}

/** Makes evidence of one instance (null: of the computer) from one stretch of time. A value that is not known is none. */
export function evidence(
  instance: Instance | null,
  facts: HostFacts,
  { from, to }: { readonly from: Millis; readonly to: Millis },
  values: { readonly [name in EvidenceName]?: number | null },
): readonly Evidence[] {
  const reading = instance ? readingOf(instance, facts) : facts.cgroup === "v2" ? "v2" : "v1";
  const found: Evidence[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === null) continue;
    const { unit, source }: Told = kinds[name as EvidenceName];
    found.push({ name, value, unit, source: placeOf(source, reading), from, to });
  }
  return found;
}
