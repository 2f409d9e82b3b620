import type { Bytes, Cores, Nanos } from "./units.ts";

/** Cumulative. A field is null where the kernel or engine does not count it. */
export type CpuReading = {
  readonly used: Nanos;
  readonly periods: number | null;
  readonly throttledPeriods: number | null;
  readonly throttledTime: Nanos | null;
};

/** What the kernel charges to a cgroup, all from one moment. Both cgroup versions are read into these. */
export type MemoryReading = {
  /** memory.current; v1 usage_in_bytes. */
  readonly charged: Bytes;
  readonly anon: Bytes | null;
  /** All page cache, shmem included (v2 `file`; v1 `total_cache`). */
  readonly file: Bytes | null;
  readonly shmem: Bytes | null;
  readonly activeFile: Bytes | null;
  readonly inactiveFile: Bytes | null;
  readonly mappedFile: Bytes | null;
  /** All kernel memory of the cgroup; null where the kernel tells none. */
  readonly kernel: Bytes | null;
  readonly slabReclaimable: Bytes | null;
  readonly swap: Bytes | null;
  readonly peak: Bytes | null;
  /** Pages that had to be read again soon after they were taken back, cumulative (workingset_refault_*). */
  readonly refaults: number | null;
};

/** What a guest says of its own memory (balloon driver or agent). */
export type GuestReading = {
  /** What the balloon lets it have now. */
  readonly allowed: Bytes | null;
  /** total - available inside; null: the guest does not tell. */
  readonly inUse: Bytes | null;
};

/** Cumulative bytes. */
export type IoReading = { readonly read: Bytes; readonly written: Bytes };
/** Cumulative bytes, as the instance sees them. */
export type NetworkReading = { readonly received: Bytes; readonly sent: Bytes };
/** Cumulative time in which at least one task waited (PSI's `some`), and in which all did (`full`). */
export type PressureReading = {
  readonly cpu: Nanos | null;
  readonly memory: Nanos | null;
  readonly io: Nanos | null;
  readonly memoryFull: Nanos | null;
  readonly ioFull: Nanos | null;
};

/** One limit in force: the smallest along the ancestors. `value` null: none. */
export type LimitInForce<Value> = {
  readonly value: Value | null;
  /** Path of the ancestor that sets it; null: the instance's own cgroup. */
  readonly ancestor: string | null;
};
export type LimitsReading = {
  readonly memory: LimitInForce<Bytes>;
  readonly memoryHigh: LimitInForce<Bytes>;
  readonly swap: LimitInForce<Bytes>;
  /** The quota. */
  readonly cpu: LimitInForce<Cores>;
  /** CPUs that it may run on, where those are not all. */
  readonly cpus: LimitInForce<number>;
  readonly pids: LimitInForce<number>;
  /** Bytes a second, the least over all devices. */
  readonly read: LimitInForce<number>;
  readonly write: LimitInForce<number>;
};

/** What a reader gives for one instance at one moment: gauges and cumulative counters, untouched, base units. */
export type Reading = {
  /** Monotonic clock, at the moment of reading. */
  readonly at: Nanos;
  readonly cpu: CpuReading | null;
  readonly memory: MemoryReading | null;
  /** Resident set of the hypervisor's process. */
  readonly resident: Bytes | null;
  readonly guest: GuestReading | null;
  /** Private memory of the processes that exist only for this box (shim, conmon, docker-proxy). */
  readonly helpers: Bytes | null;
  readonly pids: number | null;
  readonly io: IoReading | null;
  readonly network: NetworkReading | null;
  readonly pressure: PressureReading | null;
  /** Processes killed for memory, cumulative; null: not counted here. */
  readonly oomKills: number | null;
  /** Times the memory limit was hit, cumulative (memory.events max; v1 failcnt). */
  readonly limitHits: number | null;
  /** Times it was slowed down above memory.high, cumulative. */
  readonly highHits: number | null;
  /** Times a process could not be started for pids.max, cumulative. */
  readonly pidsHits: number | null;
  readonly limits: LimitsReading | null;
};

/** What an engine itself can say beside the reader, e.g. libvirt's balloon: laid over the reader's unknowns. */
export type Told = Partial<Omit<Reading, "at">>;
