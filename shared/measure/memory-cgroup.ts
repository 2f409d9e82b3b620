import type { MemoryReading } from "../model/reading.ts";
import type { Bytes } from "../model/units.ts";
import { plausible } from "./plausible.ts";

/**
 * charged - inactive_file, never below 0: kubelet's, cAdvisor's and `docker stats`' figure, judged against limits.
 * null where inactive_file is not known. Source: docs/measuring.md#working-set. 200 MiB charged, 60 inactive: 140 MiB.
 */
export function workingSet(memory: MemoryReading, capacity: Bytes): Bytes | null {
  const charged = plausible(memory.charged, capacity);
  const inactive = plausible(memory.inactiveFile);
  return charged === null || inactive === null ? null : Math.max(0, charged - inactive);
}

/**
 * What no reclaim can take back, so what brings the OOM killer when it meets the limit: net + kernel memory that is not
 * reclaimable. Where slab_reclaimable is not told (cgroup v1), all kernel memory counts: at most this much. null where net
 * is not known. Source: docs/measuring.md#what-can-kill-it. net 50, kernel 12, of it 5 reclaimable: 57 MiB.
 */
export function killable(net: Bytes | null, memory: MemoryReading, capacity: Bytes): Bytes | null {
  if (net === null) return null;
  const kernel = plausible(memory.kernel, capacity) ?? 0;
  return plausible(net + Math.max(0, kernel - (plausible(memory.slabReclaimable) ?? 0)), capacity);
}
