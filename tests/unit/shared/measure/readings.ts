import type { Context } from "../../../../shared/measure/derive.ts";
import type { CpuReading, LimitsReading, MemoryReading, Reading } from "../../../../shared/model/reading.ts";

/** Units that keep the tables below readable: all figures are in MiB and ms, as one would write them by hand. */
export const MiB = 1024 * 1024;
export const GiB = 1024 * MiB;
export const ms = 1e6;
export const second = 1000 * ms;

export const nothing: Reading = {
  at: 0,
  cpu: null,
  memory: null,
  resident: null,
  guest: null,
  helpers: null,
  pids: null,
  io: null,
  network: null,
  pressure: null,
  oomKills: null,
  limitHits: null,
  highHits: null,
  pidsHits: null,
  limits: null,
};

/** A reading of which only `parts` is known. */
export const reading = (at: number, parts: Partial<Reading> = {}): Reading => ({ ...nothing, at, ...parts });

export const cpu = (used: number, parts: Partial<CpuReading> = {}): CpuReading => ({
  used,
  periods: null,
  throttledPeriods: null,
  throttledTime: null,
  ...parts,
});

/** In MiB. */
export function memory(parts: { readonly [part in keyof MemoryReading]?: number | null }): MemoryReading {
  const inMiB = (value: number | null | undefined) => (value == null ? null : value * MiB);
  return {
    charged: (parts.charged ?? 0) * MiB,
    anon: inMiB(parts.anon),
    file: inMiB(parts.file),
    shmem: inMiB(parts.shmem),
    activeFile: inMiB(parts.activeFile),
    inactiveFile: inMiB(parts.inactiveFile),
    mappedFile: inMiB(parts.mappedFile),
    kernel: inMiB(parts.kernel),
    slabReclaimable: inMiB(parts.slabReclaimable),
    swap: inMiB(parts.swap),
    peak: inMiB(parts.peak),
    refaults: parts.refaults ?? null,
  };
}

const none = { value: null, ancestor: null };
export const limits = (parts: Partial<LimitsReading> = {}): LimitsReading => ({
  memory: none,
  memoryHigh: none,
  swap: none,
  cpu: none,
  cpus: none,
  pids: none,
  read: none,
  write: none,
  ...parts,
});

/** A container without limits on a host of 2 threads and 8 GiB, read once a second. */
export const context: Context = {
  kind: "container",
  reported: { memory: null, cpu: null, pids: null },
  configured: null,
  vcpus: null,
  host: { memory: 8 * GiB, threads: 2 },
  period: second,
};
