import type { Sample } from "../figures.ts";
import type { Bytes, Fraction } from "../model/units.ts";

/**
 * unknown: the kernel counts no memory here · unlimited: no limit ends it · full: next to nothing is left to take back ·
 * near: what can kill it is near its limit · mapped, slab, cache: it is near its limit by what can be taken back (files that it
 * maps: with pain; the kernel's own caches; plain page cache) · roomy: far from its limit.
 */
export type VerdictCode = "unknown" | "unlimited" | "full" | "near" | "mapped" | "slab" | "cache" | "roomy";

/** One container's memory as one bar: what can kill it from the left, then what the kernel can take back. */
export type MemoryVerdict = {
  readonly code: VerdictCode;
  /** In the order of the bar. null: not told here. */
  readonly parts: {
    /** anon + shmem (tmpfs is in it): only the workload can give it back. */
    readonly own: Bytes | null;
    /** Kernel memory that can't be taken back; on cgroup v1 all of it, since it is not told apart. */
    readonly kernel: Bytes | null;
    readonly slab: Bytes | null;
    /** Files that it maps, at most: what is run or read through memory, and is missed at once. */
    readonly mapped: Bytes | null;
    readonly cache: Bytes | null;
  };
  /** own + kernel: when this meets the limit, the kernel kills. */
  readonly killable: Bytes | null;
  /** slab + mapped + cache. */
  readonly takeBack: Bytes | null;
  readonly limit: Bytes | null;
  readonly high: Bytes | null;
  readonly peak: Bytes | null;
  /** killable / limit. */
  readonly share: Fraction | null;
  /** limit - killable, at least 0. */
  readonly left: Bytes | null;
  /** true: `kernel` holds what could be taken back too, as it is not told apart. */
  readonly atMost: boolean;
};

/** So little of the limit is left that any request may be the last. */
const full: Fraction = 0.98;

/**
 * What a container's memory comes to. Its bar adds up to what the kernel charges, but for what stands in no part (`other`).
 * Source: docs/measuring.md#what-can-kill-it. tmpfs 250 MiB of 256, kernel 2: 252 of 256, 98 %, 4 MiB left: full.
 */
export function memoryVerdict(sample: Sample, near: Fraction): MemoryVerdict {
  const { net, killable, slabReclaimable: slab, memoryLimit: limit } = sample;
  const mapped = least(sample.cacheMapped, sample.cache);
  const parts = {
    own: net,
    kernel: killable === null || net === null ? null : Math.max(0, killable - net),
    slab,
    mapped,
    cache: sample.cache === null ? null : sample.cache - (mapped ?? 0),
  };
  const takeBack = sample.cache === null ? slab : sample.cache + (slab ?? 0);
  const share = killable === null || limit === null ? null : killable / limit;
  return {
    code: codeOf(sample, takeBack, near),
    parts,
    killable,
    takeBack,
    limit,
    high: sample.memoryHigh,
    peak: sample.peak,
    share,
    left: killable === null || limit === null ? null : Math.max(0, limit - killable),
    atMost: slab === null && sample.tareKernel !== null,
  };
}

function codeOf(sample: Sample, takeBack: Bytes | null, near: Fraction): VerdictCode {
  const { killable, memoryLimit: limit, cache, cacheMapped, slabReclaimable } = sample;
  if (killable === null) return "unknown";
  if (limit === null) return "unlimited";
  if (killable >= full * limit) return "full";
  if (killable >= near * limit) return "near";
  if (killable + (takeBack ?? 0) < near * limit) return "roomy";
  const mapped = least(cacheMapped, cache) ?? 0;
  const slab = slabReclaimable ?? 0;
  if (slab > (cache ?? 0)) return "slab";
  return mapped > (cache ?? 0) / 2 ? "mapped" : "cache";
}

const least = (one: Bytes | null, other: Bytes | null): Bytes | null =>
  one === null || other === null ? null : Math.min(one, other);
