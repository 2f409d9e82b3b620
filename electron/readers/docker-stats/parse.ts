import { z } from "zod/mini";
import type { EngineName } from "../../../shared/model/instance.ts";
import type {
  CpuReading,
  IoReading,
  MemoryReading,
  NetworkReading,
  Reading,
} from "../../../shared/model/reading.ts";
import type { Nanos } from "../../../shared/model/units.ts";

/** Counters beyond 2^62 are "none" or a lie; a negative one is a lie. Both are unknown. */
const number = z.catch(
  z.pipe(
    z.nullish(z.number()),
    z.transform((told: number | null | undefined) =>
      told != null && told >= 0 && told < 2 ** 62 ? told : null,
    ),
  ),
  null,
);
const numbers = z.catch(z.nullish(z.record(z.string(), number)), null);

const Stats = z.object({
  read: z.string(),
  pids_stats: z.catch(z.nullish(z.object({ current: number })), null),
  num_procs: number,
  cpu_stats: z.catch(
    z.nullish(
      z.object({
        cpu_usage: z.object({ total_usage: number }),
        throttling_data: z.catch(
          z.nullish(z.object({ periods: number, throttled_periods: number, throttled_time: number })),
          null,
        ),
      }),
    ),
    null,
  ),
  memory_stats: z.catch(
    z.nullish(
      z.object({
        usage: number,
        max_usage: number,
        failcnt: number,
        privateworkingset: number,
        stats: numbers,
      }),
    ),
    null,
  ),
  blkio_stats: z.catch(
    z.nullish(
      z.object({
        io_service_bytes_recursive: z.nullish(z.array(z.object({ op: z.string(), value: number }))),
      }),
    ),
    null,
  ),
  storage_stats: z.catch(z.nullish(z.object({ read_size_bytes: number, write_size_bytes: number })), null),
  networks: z.catch(z.nullish(z.record(z.string(), z.object({ rx_bytes: number, tx_bytes: number }))), null),
});
type Stats = z.infer<typeof Stats>;

/** A reading whose `at` is still the daemon's wall clock, in nanoseconds since the epoch cut at `base`. */
export type Told = {
  readonly read: { readonly seconds: number; readonly nanos: Nanos };
  readonly reading: Omit<Reading, "at">;
};

/**
 * Parses GET /containers/{id}/stats?stream=false&one-shot=true, https://docs.docker.com/reference/api/engine/ (ContainerStats)
 *   {"read":"2026-11-24T05:10:11.123456789Z","pids_stats":{"current":3},"cpu_stats":{"cpu_usage":{"total_usage":41234567},
 *    "throttling_data":{"periods":0,…}},"memory_stats":{"usage":5242880,"stats":{"total_rss":1081344,…}},"networks":{"eth0":{…}}}
 * A stopped container answers zeros with the zero date: null, as is anything that is no such answer.
 */
export function parseStats(json: unknown, engine: EngineName): Told | null {
  const parsed = Stats.safeParse(json);
  if (!parsed.success) return null;
  const stats = parsed.data;
  const read = parseRead(stats.read);
  if (read === null) return null;
  const windows = stats.memory_stats?.privateworkingset != null;
  return {
    read,
    reading: {
      cpu: cpuOf(stats, engine, windows),
      memory: memoryOf(stats.memory_stats),
      resident: null,
      guest: null,
      helpers: null,
      pids: stats.pids_stats?.current ?? (windows ? (stats.num_procs ?? null) : null),
      io: ioOf(stats),
      network: networkOf(stats.networks),
      pressure: null,
      oomKills: null,
      limitHits: isV1(stats.memory_stats?.stats) ? (stats.memory_stats?.failcnt ?? null) : null,
      highHits: null,
      pidsHits: null,
      // What is unlimited is told as the host's size: not to be told apart here. The claim has the limits.
      limits: null,
    },
  };
}

/** "2026-11-24T05:10:11.123456789Z": whole seconds and the nanoseconds beyond them, for a number can't hold both. */
function parseRead(told: string): Told["read"] | null {
  const [, whole, fraction = "", zone] = /^([^.]+?)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/.exec(told) ?? [];
  const seconds = Date.parse(`${whole}${zone}`) / 1000;
  return Number.isNaN(seconds) || seconds <= 0 ? null : { seconds, nanos: Number(fraction.padEnd(9, "0")) };
}

/** Nanoseconds; Windows counts in 100 ns. Podman writes zeros for throttling it never looked up: not measured. */
function cpuOf(stats: Stats, engine: EngineName, windows: boolean): CpuReading | null {
  const used = stats.cpu_stats?.cpu_usage.total_usage;
  if (used == null) return null;
  const throttling = engine === "podman" || windows ? null : stats.cpu_stats?.throttling_data;
  return {
    used: windows ? used * 100 : used,
    periods: throttling?.periods ?? null,
    throttledPeriods: throttling?.throttled_periods ?? null,
    throttledTime: throttling?.throttled_time ?? null,
  };
}

type Memory = NonNullable<Stats["memory_stats"]>;
type Kernel = Readonly<Record<string, number | null>> | null | undefined;

/** v1's memory.stat has total_* beside each field: the sums with the groups below. */
const isV1 = (stats: Kernel): boolean =>
  typeof stats?.total_rss === "number" || typeof stats?.total_cache === "number";

/** The parts of v2's kernel memory. Docker passes on only some of them: their sum is the least that it can be. */
const kernelParts = ["slab", "kernel_stack", "pagetables", "percpu", "sock", "vmalloc"] as const;

/**
 * Refaults where the daemon passes them on by the kernel's names of today. The old one (workingset_refault) is a field
 * of its own struct, which it fills with 0 on kernels that have no such key.
 */
function refaultsOf(stats: Kernel): number | null {
  const file = stats?.workingset_refault_file ?? null;
  return file === null ? null : file + (stats?.workingset_refault_anon ?? 0);
}

function memoryOf(memory: Memory | null | undefined): MemoryReading | null {
  const charged = memory?.usage ?? memory?.privateworkingset;
  if (charged == null) return null;
  const stats = memory?.stats;
  const of = (key: string) => stats?.[key] ?? null;
  const v1 = isV1(stats);
  const kernel = v1 ? [] : kernelParts.map(of).filter((part) => part !== null);
  return {
    charged,
    anon: of(v1 ? "total_rss" : "anon"),
    file: of(v1 ? "total_cache" : "file"),
    shmem: of(v1 ? "total_shmem" : "shmem"),
    activeFile: of(v1 ? "total_active_file" : "active_file"),
    inactiveFile: of(v1 ? "total_inactive_file" : "inactive_file"),
    mappedFile: of(v1 ? "total_mapped_file" : "file_mapped"),
    kernel: kernel.length === 0 ? null : kernel.reduce((sum, part) => sum + part, 0),
    slabReclaimable: of(v1 ? "" : "slab_reclaimable"),
    swap: of(v1 ? "total_swap" : "swap"),
    peak: memory?.max_usage || null,
    refaults: refaultsOf(stats),
  };
}

/**
 * Sum of the Read and Write lines (v1 writes them so, v2 in small letters); Sync, Async, Discard and Total count the same
 * bytes again. A list without lines is a group without I/O, or one where nobody counts it: unknown.
 */
function ioOf(stats: Stats): IoReading | null {
  const { storage_stats: storage, blkio_stats: blkio } = stats;
  if (storage?.read_size_bytes != null && storage.write_size_bytes != null)
    return { read: storage.read_size_bytes, written: storage.write_size_bytes };
  const lines = blkio?.io_service_bytes_recursive ?? [];
  if (lines.length === 0) return null;
  const sum = (wanted: string) =>
    lines.reduce((total, { op, value }) => (op.toLowerCase() === wanted ? total + (value ?? 0) : total), 0);
  return { read: sum("read"), written: sum("write") };
}

/** All interfaces together. Absent with the host's network, another container's, or none. */
function networkOf(networks: Stats["networks"]): NetworkReading | null {
  const all = Object.values(networks ?? {});
  if (all.length === 0) return null;
  return {
    received: all.reduce((sum, one) => sum + (one.rx_bytes ?? 0), 0),
    sent: all.reduce((sum, one) => sum + (one.tx_bytes ?? 0), 0),
  };
}
