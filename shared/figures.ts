import type { Figure } from "./figure.ts";
import { figuresOfLimits } from "./figures-of-limits.ts";

/**
 * THE registry of figures. The type of a sample, frames, history, recordings, tables and "read from where"
 * follow from it. Order is the order of columns in frames: add at the end, never reorder (recordings name theirs).
 */
export const figures = {
  cores: {
    unit: "cores",
    from: {
      v1: "cpuacct.usage",
      v2: "cpu.stat: usage_usec",
      process: "/proc/PID/stat: utime + stime",
      api: "cpu_stats",
    },
    doc: "cpu",
    kept: true,
  },
  cpuLimit: {
    unit: "cores",
    from: {
      v1: "cpu.cfs_quota_us / cpu.cfs_period_us",
      v2: "cpu.max",
      process: "{vcpus}",
      api: "inspect: NanoCpus",
    },
    doc: "limits",
    kept: true,
  },
  cpuUsed: {
    unit: "fraction",
    from: {
      v1: "{cores} / {quota}",
      v2: "{cores} / {quota}",
      process: "{cores} / {vcpus}",
      api: "{cores} / {quota}",
    },
    doc: "limit-used",
    kept: false,
  },
  throttledShare: {
    unit: "fraction",
    from: {
      v1: "cpu.stat: nr_throttled / nr_periods",
      v2: "cpu.stat: nr_throttled / nr_periods",
      api: "throttling_data",
    },
    doc: "throttling",
    kept: true,
  },
  throttledTime: {
    unit: "cores",
    from: { v1: "cpu.stat: throttled_time", v2: "cpu.stat: throttled_usec", api: "throttling_data" },
    doc: "throttling",
    kept: false,
  },
  gross: {
    unit: "bytes",
    from: {
      v1: "memory.usage_in_bytes + {helpers}",
      v2: "memory.current + {helpers}",
      process: "/proc/PID/statm: resident + {kernelOfCgroup}",
      api: "memory_stats: usage",
    },
    doc: "gross",
    kept: true,
  },
  net: {
    unit: "bytes",
    from: {
      v1: "memory.stat: total_rss + total_shmem",
      v2: "memory.stat: anon + shmem",
      api: "memory_stats",
    },
    doc: "net",
    kept: true,
  },
  cache: {
    unit: "bytes",
    from: {
      v1: "memory.stat: total_cache - total_shmem",
      v2: "memory.stat: file - shmem",
      api: "memory_stats",
    },
    doc: "cache",
    kept: true,
  },
  cacheActive: {
    unit: "bytes",
    from: { v1: "memory.stat: total_active_file", v2: "memory.stat: active_file", api: "memory_stats" },
    doc: "cache",
    kept: false,
  },
  tare: {
    unit: "bytes",
    from: { v1: "{box}", v2: "{box}" },
    doc: "tare",
    kept: true,
  },
  tareKernel: {
    unit: "bytes",
    from: {
      v1: "memory.kmem.usage_in_bytes",
      v2: "memory.stat: kernel",
      api: "memory_stats ({atLeast})",
    },
    doc: "tare",
    kept: true,
  },
  tareHelpers: {
    unit: "bytes",
    from: { v1: "/proc/PID/smaps_rollup ({helpers})", v2: "/proc/PID/smaps_rollup ({helpers})" },
    doc: "tare",
    kept: false,
  },
  other: { unit: "bytes", from: { v1: "{rest}", v2: "{rest}" }, doc: "other", kept: true },
  workingSet: {
    unit: "bytes",
    from: {
      v1: "memory.usage_in_bytes - total_inactive_file",
      v2: "memory.current - inactive_file",
      api: "memory_stats",
    },
    doc: "working-set",
    kept: true,
  },
  peak: {
    unit: "bytes",
    from: { v1: "memory.max_usage_in_bytes", v2: "memory.peak" },
    doc: "peak",
    kept: false,
  },
  memoryLimit: {
    unit: "bytes",
    from: { v1: "memory.limit_in_bytes", v2: "memory.max", process: "{ram}", api: "inspect: Memory" },
    doc: "limits",
    kept: true,
  },
  memoryUsed: {
    unit: "fraction",
    from: {
      v1: "{workingSet} / {limit}",
      v2: "{workingSet} / {limit}",
      process: "{resident} / {ram}",
      api: "{workingSet} / {limit}",
    },
    doc: "limit-used",
    kept: false,
  },
  killable: {
    unit: "bytes",
    from: { v1: "{net} + {kernel}", v2: "{net} + {kernel} - slab_reclaimable" },
    doc: "what-can-kill-it",
    kept: false,
  },
  swap: {
    unit: "bytes",
    from: { v1: "memory.stat: total_swap", v2: "memory.swap.current" },
    doc: "swap",
    kept: false,
  },
  configured: {
    unit: "bytes",
    from: { process: "-m", api: "domstats: balloon.maximum" },
    doc: "vm-memory",
    kept: true,
  },
  inUse: { unit: "bytes", from: { process: "balloon: available - usable" }, doc: "vm-memory", kept: true },
  held: { unit: "bytes", from: { process: "{gross} - {inUse}" }, doc: "vm-memory", kept: false },
  pids: {
    unit: "count",
    from: { v1: "pids.current", v2: "pids.current", process: "/proc/PID/stat: num_threads" },
    doc: "pids",
    kept: true,
  },
  pidsLimit: { unit: "count", from: { v1: "pids.max", v2: "pids.max" }, doc: "limits", kept: false },
  received: {
    unit: "bytes/s",
    from: { v1: "/proc/PID/net/dev", v2: "/proc/PID/net/dev", process: "domstats: net", api: "networks" },
    doc: "network",
    kept: true,
  },
  sent: {
    unit: "bytes/s",
    from: { v1: "/proc/PID/net/dev", v2: "/proc/PID/net/dev", process: "domstats: net", api: "networks" },
    doc: "network",
    kept: true,
  },
  read: {
    unit: "bytes/s",
    from: {
      v1: "blkio.throttle.io_service_bytes",
      v2: "io.stat: rbytes",
      process: "domstats: block; {else} /proc/PID/io",
      api: "blkio_stats",
    },
    doc: "disk",
    kept: true,
  },
  written: {
    unit: "bytes/s",
    from: {
      v1: "blkio.throttle.io_service_bytes",
      v2: "io.stat: wbytes",
      process: "domstats: block; {else} /proc/PID/io",
      api: "blkio_stats",
    },
    doc: "disk",
    kept: true,
  },
  pressureCpu: {
    unit: "fraction",
    from: { v1: "cpu.pressure: some", v2: "cpu.pressure: some" },
    doc: "pressure",
    kept: true,
  },
  pressureMemory: {
    unit: "fraction",
    from: { v1: "memory.pressure: some", v2: "memory.pressure: some" },
    doc: "pressure",
    kept: true,
  },
  pressureIo: {
    unit: "fraction",
    from: { v1: "io.pressure: some", v2: "io.pressure: some" },
    doc: "pressure",
    kept: true,
  },
  oomKills: {
    unit: "count",
    from: { v1: "memory.oom_control: oom_kill", v2: "memory.events: oom_kill" },
    doc: "oom-kills",
    kept: false,
  },
  limitHits: {
    unit: "count",
    from: { v1: "memory.failcnt", v2: "memory.events: max" },
    doc: "limit-hits",
    kept: false,
  },
  ...figuresOfLimits,
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof figures;
/** One instance in one step. `null`: unknown, or no limit where the figure is a limit (`figures.doc` says which). */
export type Sample = { readonly [name in FigureName]: number | null };

export const figureNames = Object.keys(figures) as readonly FigureName[];
