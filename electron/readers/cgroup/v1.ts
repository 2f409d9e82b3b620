import type { CpuReading, IoReading } from "../../../shared/model/reading.ts";
import { type HeldFile, hold, lengthOf, letGo, readOnce, shared } from "../../machine/held-file.ts";
import { type IsStacked, keysOf, parseKeyed, parseNumber, parseServiceBytes } from "./parse.ts";
import { type MemorySource, memorySource, orNull, refaultsOf, type Source } from "./source.ts";

// Files of cgroup v1, https://docs.kernel.org/admin-guide/cgroup-v1/

const statKeys = keysOf([
  "total_rss",
  "total_cache",
  "total_shmem",
  "total_active_file",
  "total_inactive_file",
  "total_mapped_file",
  "total_swap",
  "hierarchical_memory_limit",
  "hierarchical_memsw_limit",
  "total_workingset_refault_anon",
  "total_workingset_refault_file",
  "total_workingset_refault",
]);
const eventKeys = keysOf(["oom_kill"]);
const throttleKeys = keysOf(["nr_periods", "nr_throttled", "throttled_time"]);
const values = new Float64Array(statKeys.count);

const numberIn = (file: HeldFile | null) => {
  const length = lengthOf(file);
  return length < 0 ? null : parseNumber(shared, length);
};

/** v1 writes "no limit" as 2^63 less a page. */
const unlimited = 2 ** 62;

/** The memory controller of v1. Null: it isn't here. */
export function memoryV1(folder: string): MemorySource | null {
  const stat = hold(`${folder}/memory.stat`);
  const kernel = hold(`${folder}/memory.kmem.usage_in_bytes`);
  const failures = hold(`${folder}/memory.failcnt`);
  const bothFailures = hold(`${folder}/memory.memsw.failcnt`);
  const oom = hold(`${folder}/memory.oom_control`);
  let swapFirst = false;
  let limited = true;
  let limitHits: number | null = null;
  /**
   * Where memory with swap may be no more than memory alone, that counter is the one that is hit, and newer kernels
   * count nothing there (seen on 6.18: five kills, both 0): then 0 says nothing.
   */
  const hits = () => {
    const alone = numberIn(failures);
    const sum = alone === null ? null : alone + (numberIn(bothFailures) ?? 0);
    return sum === 0 && swapFirst ? null : sum;
  };
  return memorySource(hold(`${folder}/memory.usage_in_bytes`), hold(`${folder}/memory.max_usage_in_bytes`), {
    parts() {
      // Everything the kernel charges beside pages; kmem.tcp is a counter of its own and not charged here.
      const kernelBytes = numberIn(kernel);
      parseKeyed(shared, Math.max(0, lengthOf(stat)), statKeys, values);
      const [limit = Number.NaN, both = Number.NaN] = values.subarray(7, 9);
      limited = !(limit >= unlimited);
      swapFirst = both <= limit && limited;
      return {
        // The keys without total_ leave out the children (a box in a box). total_rss holds total_rss_huge already.
        anon: orNull(values[0]),
        file: orNull(values[1]),
        shmem: orNull(values[2]),
        activeFile: orNull(values[3]),
        inactiveFile: orNull(values[4]),
        mappedFile: orNull(values[5]),
        swap: orNull(values[6]),
        kernel: kernelBytes,
        slabReclaimable: null, // v1 tells no slab in memory.stat
        refaults: refaultsOf(values, 9),
      };
    },
    events() {
      // Without a limit nothing is hit: what was counted before a limit was lifted stands.
      if (limited || limitHits === null) limitHits = hits();
      parseKeyed(shared, Math.max(0, lengthOf(oom)), eventKeys, values);
      return { oomKills: orNull(values[0]), limitHits, highHits: null };
    },
    close() {
      for (const file of [stat, kernel, failures, bothFailures, oom]) letGo(file);
    },
  });
}

/**
 * CPU of v1: cpuacct.usage in nanoseconds, cpu.stat for throttling. Two controllers, often mounted as one, sometimes
 * apart. While `used` stands still nothing ran, so cpu.stat is not read again unless it is `due`.
 */
export function cpuV1(cpuacct: string | null, cpu: string | null): Source<CpuReading> | null {
  const usage = cpuacct === null ? null : hold(`${cpuacct}/cpuacct.usage`);
  if (usage === null) return null;
  const stat = cpu === null ? null : hold(`${cpu}/cpu.stat`);
  let last: CpuReading | null = null;
  return {
    read(due) {
      const length = lengthOf(usage);
      const used = length < 0 ? null : parseNumber(shared, length);
      if (used === null) return null;
      if (!due && last?.used === used) return last;
      parseKeyed(shared, Math.max(0, lengthOf(stat)), throttleKeys, values);
      last = {
        used,
        periods: orNull(values[0]),
        throttledPeriods: orNull(values[1]),
        throttledTime: orNull(values[2]),
      };
      return last;
    },
    close() {
      letGo(usage);
      letGo(stat);
    },
  };
}

const serviceBytes = ["blkio.throttle.io_service_bytes", "blkio.bfq.io_service_bytes"] as const;

/**
 * Disk bytes of v1. The throttle file counts with every I/O scheduler, but since Linux 6.10 only once somebody has set
 * a throttle; BFQ's counts only with that scheduler. A file that counts nothing reads "Total 0" like that of an idle
 * box, so the root's is asked, which is never idle. Null: no file here counts.
 */
export function ioV1(folder: string, isStacked: IsStacked, mount: string | null): Source<IoReading> | null {
  const name = serviceBytes.find((candidate) => mount === null || hasRows(`${mount}/${candidate}`));
  const file = name === undefined ? null : hold(`${folder}/${name}`);
  if (file === null) return null;
  let last: IoReading | null = null;
  let moved = true;
  return {
    // Counted when a task sends it (what the kernel writes back later is the root's): where nothing ran, nothing was. What a
    // throttle held back goes on alone, so what moved is read until it stands.
    read(due) {
      if (!due && !moved && last) return last;
      const length = lengthOf(file);
      const now = length < 0 ? null : parseServiceBytes(shared, length, isStacked);
      moved = now?.read !== last?.read || now?.written !== last?.written;
      if (moved) last = now;
      return last;
    },
    close: () => letGo(file),
  };
}

/** Whether a file holds more than its last row, "Total 0". */
function hasRows(path: string): boolean {
  const length = readOnce(path);
  return length > 0 && shared.subarray(0, length).indexOf("\n") < length - 1;
}
