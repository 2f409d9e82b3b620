import type { Kind, ReportedLimits } from "../model/instance.ts";
import type { LimitsReading } from "../model/reading.ts";
import type { Bytes, Cores, Fraction } from "../model/units.ts";
import { plausible } from "./plausible.ts";

export type Limited = {
  readonly kind: Kind;
  readonly reported: ReportedLimits;
  readonly configured: Bytes | null;
  readonly vcpus: number | null;
  readonly host: { readonly memory: Bytes; readonly threads: number };
};

export type Limits = {
  readonly memory: Bytes | null;
  readonly cpu: Cores | null;
  readonly pids: number | null;
};

/**
 * What an instance may not exceed; null is none. The kernel's limit in force (already the smallest along the ancestors); what
 * the engine reports where the kernel's were not read; for a VM also its RAM and its vCPUs, whichever is smaller. A limit above the host's own
 * size can't be reached and is none. Source: docs/measuring.md#limits.
 * Of CPU the quota, or as many as it may run on. A quota of 1.5 cores around a VM of 4 vCPUs: 1.5. 64 GiB on a host of 32 GiB: null.
 */
export function limitsOf(inForce: LimitsReading | null, limited: Limited): Limits {
  const { kind, reported, host } = limited;
  const vm = kind === "vm";
  // What the kernel holds is what counts, also where that is nothing. A VM's engine limits it beside its cgroup, too.
  const told = inForce === null || vm ? reported : unlimited;
  const quota = inForce && least(inForce.cpu.value, inForce.cpus.value);
  return {
    memory: smallest(
      least(inForce?.memory.value ?? null, told.memory),
      vm ? limited.configured : null,
      host.memory,
    ),
    cpu: smallest(least(quota, told.cpu), vm ? limited.vcpus : null, host.threads),
    pids: plausible(inForce?.pids.value ?? told.pids),
  };
}

const unlimited: ReportedLimits = { memory: null, cpu: null, pids: null };

const least = (one: number | null, other: number | null) =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

function smallest(own: number | null, size: number | null, hosts: number): number | null {
  return least(plausible(own, hosts), plausible(size, hosts));
}

/**
 * true where the CPU quota in force stands on the instance's own cgroup, so that its cpu.stat counts its throttling.
 * Where nothing was read of the kernel's limits, the engine's word counts.
 */
export function ownQuota(inForce: LimitsReading | null, reported: ReportedLimits): boolean {
  return inForce ? inForce.cpu.value !== null && inForce.cpu.ancestor === null : reported.cpu !== null;
}

/**
 * Share of a limit in use; over 1 where it is exceeded. null: no limit, or use unknown.
 * Source: docs/measuring.md#limit-used. 96 MiB of 128 MiB: 0.75.
 */
export function limitUsed(use: number | null, limit: number | null): Fraction | null {
  return use === null || limit === null || limit <= 0 ? null : plausible(use / limit);
}
