import type { Sample } from "../figures.ts";
import type { Reading } from "../model/reading.ts";
import type { Bytes, Nanos } from "../model/units.ts";
import { coresUsed } from "./cpu.ts";
import { type Limited, limitsOf, limitUsed, ownQuota } from "./limits.ts";
import { killable, workingSet } from "./memory-cgroup.ts";
import { held, vmSplit } from "./memory-vm.ts";
import { plausible, slack } from "./plausible.ts";
import { pressure } from "./pressure.ts";
import { interval, perSecond } from "./rates.ts";
import { type Split, split } from "./split.ts";
import { throttling } from "./throttling.ts";

export type Context = Limited & {
  /** The period that readings are meant to have; the measured interval is what rates are made with. */
  readonly period: Nanos;
  /** The reading about two seconds before `after`, for pressure, which the kernel counts in steps of 2 s. */
  readonly earlier?: Reading | null;
};

/**
 * Every figure of one instance from two of its readings. Gauges need only `after`; rates are null without `before`, over a
 * reset, and over more than three periods: a gap, never a spike. Values that can't be true are null. Source:
 * docs/measuring.md, a heading for each figure.
 */
export function derive(before: Reading | null, after: Reading, context: Context): Sample {
  const { kind, host, period } = context;
  const vm = kind === "vm";
  const capacity = host.memory * slack;
  const wall = interval(before, after, period);
  // Counters of another run, or from before a gap, are as good as none.
  const from = wall === null ? null : before;
  const limits = limitsOf(after.limits, context);
  const parts = splitOf(after, vm, capacity);
  const cores = coresUsed(from?.cpu, after.cpu, wall, host.threads);
  const throttled = throttling(
    from?.cpu,
    after.cpu,
    wall,
    ownQuota(after.limits, context.reported),
    host.threads,
  );
  const waited = pressure(pressureFrom(from, after, context), after);
  const configured = vm ? plausible(context.configured) : null;
  const working = after.memory ? workingSet(after.memory, capacity) : null;
  const inUse = vm ? plausible(after.guest?.inUse ?? null) : null;

  return {
    cores,
    cpuLimit: limits.cpu,
    cpuUsed: limitUsed(cores, limits.cpu),
    throttledShare: throttled.share,
    throttledTime: throttled.lost,
    ...parts,
    cacheActive: vm ? null : plausible(after.memory?.activeFile ?? null, capacity),
    workingSet: working,
    peak: plausible(after.memory?.peak ?? null, capacity),
    memoryLimit: limits.memory,
    memoryUsed:
      configured !== null && configured === limits.memory
        ? ramUsed(plausible(after.resident, capacity) ?? parts.gross, configured)
        : limitUsed(working, limits.memory),
    killable: vm || !after.memory ? null : killable(parts.net, after.memory, capacity),
    swap: plausible(after.memory?.swap ?? null),
    configured,
    inUse,
    held: held(parts.gross, inUse),
    pids: plausible(after.pids),
    pidsLimit: limits.pids,
    received: perSecond(from?.network?.received, after.network?.received, wall),
    sent: perSecond(from?.network?.sent, after.network?.sent, wall),
    read: perSecond(from?.io?.read, after.io?.read, wall),
    written: perSecond(from?.io?.written, after.io?.written, wall),
    pressureCpu: waited.cpu,
    pressureMemory: waited.memory,
    pressureIo: waited.io,
    oomKills: plausible(after.oomKills),
    limitHits: plausible(after.limitHits),
    memoryHigh: plausible(after.limits?.memoryHigh.value ?? null, host.memory),
    swapLimit: plausible(after.limits?.swap.value ?? null),
    readLimit: plausible(after.limits?.read.value ?? null),
    writeLimit: plausible(after.limits?.write.value ?? null),
    cacheMapped: vm ? null : plausible(after.memory?.mappedFile ?? null, capacity),
    slabReclaimable: vm ? null : plausible(after.memory?.slabReclaimable ?? null, capacity),
    refaults: perSecond(from?.memory?.refaults, after.memory?.refaults, wall),
    highHits: plausible(after.highHits),
    pidsHits: plausible(after.pidsHits),
    pressureMemoryFull: waited.memoryFull,
    pressureIoFull: waited.ioFull,
  };
}

/** A container that is weighed by its process (Kata and its like) can't be cut into parts any more than a VM. */
function splitOf(reading: Reading, vm: boolean, capacity: Bytes): Split {
  return vm || !reading.memory
    ? vmSplit(reading, capacity)
    : split(reading.memory, reading.helpers, capacity);
}

/** A guest's RAM is all that it can fill: what QEMU needs for itself beside it does not count against it. */
function ramUsed(resident: Bytes | null, ram: Bytes): number | null {
  return limitUsed(resident === null ? null : Math.min(resident, ram), ram);
}

/** Where pressure is measured from: the newest reading that is two seconds old; null where a gap lies between. */
function pressureFrom(before: Reading | null, after: Reading, { period, earlier }: Context): Reading | null {
  if (!before || !earlier || after.at - before.at >= 2e9) return before;
  return interval(earlier, before, period) === null ? before : earlier;
}
