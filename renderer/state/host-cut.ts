import type { Sample } from "../../shared/figures.ts";
import type { HostFacts, HostSample } from "../../shared/model/host.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { Bytes } from "../../shared/model/units.ts";

/** The host's memory, cut so that the parts add up to it. */
export type HostCut = {
  readonly total: Bytes;
  readonly vms: Bytes;
  readonly containers: Bytes;
  /** What else is in use: the kernel and processes outside of any box. */
  readonly processes: Bytes;
  /** Page cache that no container is charged for. */
  readonly cache: Bytes;
  readonly free: Bytes;
};

/**
 * total = VMs + containers + processes + cache + free. A container's cache is part of the host's page cache, so it is
 * taken out of that; what is left over is processes. null while the host or its size is unknown.
 */
export function hostCut(
  facts: HostFacts | null,
  host: HostSample | null,
  instances: Iterable<Instance>,
  sampleOf: (id: string) => Sample | null,
): HostCut | null {
  if (facts === null || host === null || host.free === null || host.cache === null) return null;
  let vms = 0;
  let containers = 0;
  let theirCache = 0;
  for (const { id, kind, engine } of instances) {
    const sample = sampleOf(id);
    const gross = sample?.gross ?? 0;
    if (kind === "vm") vms += gross;
    else if (engine !== "cgroup") {
      containers += gross;
      theirCache += sample?.cache ?? 0;
    }
  }
  const cache = Math.max(0, host.cache - theirCache);
  const processes = Math.max(0, facts.memory - host.free - cache - vms - containers);
  const free = Math.max(0, facts.memory - vms - containers - processes - cache);
  return { total: facts.memory, vms, containers, processes, cache, free };
}
