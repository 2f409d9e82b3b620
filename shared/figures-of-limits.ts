import type { Figure } from "./figure.ts";

/** What rules judge by beside the figures that are on screen; the last columns of the registry (figures.ts). */
export const figuresOfLimits = {
  memoryHigh: { unit: "bytes", from: { v2: "memory.high" }, doc: "limits", kept: false },
  swapLimit: {
    unit: "bytes",
    from: { v1: "memory.memsw.limit_in_bytes - memory.limit_in_bytes", v2: "memory.swap.max" },
    doc: "limits",
    kept: false,
  },
  readLimit: {
    unit: "bytes/s",
    from: { v1: "blkio.throttle.read_bps_device", v2: "io.max: rbps" },
    doc: "limits",
    kept: false,
  },
  writeLimit: {
    unit: "bytes/s",
    from: { v1: "blkio.throttle.write_bps_device", v2: "io.max: wbps" },
    doc: "limits",
    kept: false,
  },
  cacheMapped: {
    unit: "bytes",
    from: { v1: "memory.stat: total_mapped_file", v2: "memory.stat: file_mapped" },
    doc: "cache",
    kept: false,
  },
  slabReclaimable: {
    unit: "bytes",
    from: { v2: "memory.stat: slab_reclaimable" },
    doc: "what-can-kill-it",
    kept: false,
  },
  refaults: {
    unit: "per second",
    from: { v1: "memory.stat: workingset_refault_*", v2: "memory.stat: workingset_refault_*" },
    doc: "refaults",
    kept: false,
  },
  highHits: { unit: "count", from: { v2: "memory.events: high" }, doc: "limit-hits", kept: false },
  pidsHits: {
    unit: "count",
    from: { v1: "pids.events: max", v2: "pids.events: max" },
    doc: "pids",
    kept: false,
  },
  pressureMemoryFull: {
    unit: "fraction",
    from: { v1: "memory.pressure: full", v2: "memory.pressure: full" },
    doc: "pressure",
    kept: true,
  },
  pressureIoFull: {
    unit: "fraction",
    from: { v1: "io.pressure: full", v2: "io.pressure: full" },
    doc: "pressure",
    kept: false,
  },
} as const satisfies Record<string, Figure>;
