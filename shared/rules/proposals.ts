import type { Proposal } from "../model/change.ts";
import type { Sureness } from "../model/finding.ts";
import type { HostFacts } from "../model/host.ts";
import type { Bytes, Cores } from "../model/units.ts";
import type { Thresholds } from "./thresholds.ts";
import type { Watched } from "./watched.ts";

const mib: Bytes = 2 ** 20;

/**
 * Rounds a limit of memory up to what a person would write: whole 8 MiB below 128 MiB, 32 MiB below 1 GiB, 128 MiB below
 * 8 GiB, else 512 MiB. 292 MiB: 320 MiB.
 */
export function roundMemory(bytes: Bytes): Bytes {
  const step = (bytes < 128 * mib ? 8 : bytes < 1024 * mib ? 32 : bytes < 8192 * mib ? 128 : 512) * mib;
  return Math.ceil(bytes / step) * step;
}

/** Cores up to a twentieth below 1, a quarter below 8, else a whole one. */
export function roundCores(cores: Cores): Cores {
  const parts = cores < 1 ? 20 : cores < 8 ? 4 : 1;
  return Math.ceil(cores * parts - 1e-9) / parts;
}

/**
 * A larger limit for what ran against the one it has, whose need therefore nobody knows: a fifth more, but at least 100 MiB
 * more where that does not more than double it (the bump of Kubernetes' vertical pod autoscaler after a kill).
 * null: there is no limit, or no larger one fits the host. 192 MiB: 292, so 320 MiB.
 */
export function raised(
  { memoryNeed }: Watched,
  limit: Bytes | null,
  { headroom }: Thresholds,
  { memory }: HostFacts,
): Proposal | null {
  if (limit === null) return null;
  const to = roundMemory(Math.max(limit * 1.2, limit + Math.min(100 * mib, limit)));
  if (to > memory) return null;
  return {
    resource: "memory",
    from: limit,
    to,
    basis: {
      peak: memoryNeed.peak,
      p99: memoryNeed.share(0.99),
      over: memoryNeed.over,
      headroom,
      sure: "never-unhindered",
    },
  };
}

/** How sure its need is: watched from its start on, and for long enough, or not. */
export function sureness({ instance, since, memoryNeed }: Watched, { unusedFor }: Thresholds): Sureness {
  const sawStart = instance.startedAt !== null && since <= instance.startedAt + 5_000;
  return sawStart && memoryNeed.over >= 6 * unusedFor ? "measured" : "short-window";
}
