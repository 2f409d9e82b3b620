import type { CgroupPaths } from "../../../shared/model/instance.ts";
import type { CpuReading, IoReading, PressureReading } from "../../../shared/model/reading.ts";
import { type HeldFile, hold, lengthOf, letGo, readOnce, shared } from "../../machine/held-file.ts";
import { type IsStacked, keysOf, parseIoStat, parseKeyed, parseNumber, parsePressure } from "./parse.ts";
import { type MemorySource, memorySource, orNull, refaultsOf, type Source } from "./source.ts";

// Files of cgroup v2, https://docs.kernel.org/admin-guide/cgroup-v2.html

const kernelParts = ["slab", "kernel_stack", "pagetables", "percpu", "sock", "vmalloc"] as const;
const statKeys = keysOf([
  "anon",
  "file",
  "shmem",
  "active_file",
  "inactive_file",
  "file_mapped",
  "slab_reclaimable",
  "kernel",
  ...kernelParts,
  "workingset_refault_anon",
  "workingset_refault_file",
  "workingset_refault",
]);
const firstPart = 8;
const firstRefault = firstPart + kernelParts.length;
const eventKeys = keysOf(["oom_kill", "max", "high"]);
const cpuKeys = keysOf(["usage_usec", "nr_periods", "nr_throttled", "throttled_usec"]);
const values = new Float64Array(statKeys.count);

const numberIn = (file: HeldFile | null) => {
  const length = lengthOf(file);
  return length < 0 ? null : parseNumber(shared, length);
};

/**
 * Kernel memory of a kernel before 5.18, which has no `kernel` in memory.stat: its parts added up. Some parts are
 * younger than others (percpu 5.9, vmalloc 5.16): those that are told count; null where not even slab is told.
 */
function kernelOfParts(stat: Float64Array): number | null {
  if (Number.isNaN(stat[firstPart])) return null;
  let sum = 0;
  for (let index = 0; index < kernelParts.length; index++) sum += stat[firstPart + index] || 0;
  return sum;
}

/** The memory controller of v2. Null: it isn't enabled here. */
export function memoryV2(folder: string): MemorySource | null {
  const stat = hold(`${folder}/memory.stat`);
  const swap = hold(`${folder}/memory.swap.current`);
  const events = hold(`${folder}/memory.events`);
  return memorySource(hold(`${folder}/memory.current`), hold(`${folder}/memory.peak`), {
    parts() {
      const swapped = numberIn(swap);
      parseKeyed(shared, Math.max(0, lengthOf(stat)), statKeys, values);
      return {
        anon: orNull(values[0]),
        file: orNull(values[1]),
        shmem: orNull(values[2]),
        activeFile: orNull(values[3]),
        inactiveFile: orNull(values[4]),
        mappedFile: orNull(values[5]),
        slabReclaimable: orNull(values[6]),
        kernel: orNull(values[7]) ?? kernelOfParts(values),
        swap: swapped,
        refaults: refaultsOf(values, firstRefault),
      };
    },
    events() {
      parseKeyed(shared, Math.max(0, lengthOf(events)), eventKeys, values);
      return {
        oomKills: orNull(values[0]),
        limitHits: orNull(values[1]),
        highHits: orNull(values[2]),
      };
    },
    close() {
      for (const file of [stat, swap, events]) letGo(file);
    },
  });
}

/** CPU of v2, microseconds. usage_usec stands in every cgroup; nr_* only with the cpu controller. */
export function cpuV2(folder: string): Source<CpuReading> | null {
  const file = hold(`${folder}/cpu.stat`);
  if (file === null) return null;
  return {
    read() {
      parseKeyed(shared, Math.max(0, lengthOf(file)), cpuKeys, values);
      const used = orNull(values[0]);
      if (used === null) return null;
      const lost = orNull(values[3]);
      return {
        used: used * 1e3,
        periods: orNull(values[1]),
        throttledPeriods: orNull(values[2]),
        throttledTime: lost === null ? null : lost * 1e3,
      };
    },
    close: () => letGo(file),
  };
}

/** Disk bytes of v2. Null: the io controller isn't enabled here. */
export function ioV2(folder: string, isStacked: IsStacked): Source<IoReading> | null {
  const file = hold(`${folder}/io.stat`);
  if (file === null) return null;
  return {
    read() {
      const length = lengthOf(file);
      return length < 0 ? null : parseIoStat(shared, length, isStacked);
    },
    close: () => letGo(file),
  };
}

/** Pressure; on a hybrid host it stands in the v2 tree although the controllers are on v1. Null: no PSI here. */
export function pressureIn(folder: string): Source<PressureReading> | null {
  const files = ["cpu", "memory", "io"].map((what) => hold(`${folder}/${what}.pressure`));
  if (files.every((file) => file === null)) return null;
  const [cpu, memory, io] = files;
  const total = (length: number, line: "some" | "full") => {
    const micros = length < 0 ? null : parsePressure(shared, length, line);
    return micros === null ? null : micros * 1e3;
  };
  return {
    read() {
      const cpuSome = total(lengthOf(cpu ?? null), "some");
      const ofMemory = lengthOf(memory ?? null);
      const [memorySome, memoryFull] = [total(ofMemory, "some"), total(ofMemory, "full")];
      const ofIo = lengthOf(io ?? null);
      const reading = {
        cpu: cpuSome,
        memory: memorySome,
        memoryFull,
        io: total(ofIo, "some"),
        ioFull: total(ofIo, "full"),
      };
      return reading.cpu === null && reading.memory === null && reading.io === null ? null : reading;
    },
    close() {
      for (const file of files) letGo(file);
    },
  };
}

/** pids.current: the same file in both versions. Null: no pids controller here. */
export function pidsIn(folder: string): Source<number> | null {
  const file = hold(`${folder}/pids.current`);
  return file === null ? null : { read: () => numberIn(file), close: () => letGo(file) };
}

const pidsKeys = keysOf(["max"]);

/**
 * pids.events: the same file in both versions. Not held: it is looked into seldom, and only under a limit.
 *   max 12       a process could not be started because of pids.max
 */
export function pidsHitsIn({ pids, unified }: CgroupPaths): number | null {
  const folder = pids ?? unified;
  const length = folder === null ? -1 : readOnce(`${folder}/pids.events`);
  return length < 0 ? null : orNull(parseKeyed(shared, length, pidsKeys, values)[0]);
}
