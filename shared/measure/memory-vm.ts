import type { Reading } from "../model/reading.ts";
import type { Bytes } from "../model/units.ts";
import { plausible, sumOfKnown } from "./plausible.ts";
import type { Split } from "./split.ts";

/**
 * What the host gives to a VM now: the hypervisor's resident set, the kernel memory of its cgroup, its helpers. Nothing of
 * it is called net, cache or tare: what the guest does inside is not seen from here, and no estimate is made up.
 * Where only the cgroup can be read, the pages charged to it without page cache (anon + shmem) stand for the resident set.
 * Source: docs/measuring.md#vm-memory. resident 280, kernel 4: gross 284 MiB.
 */
export function vmSplit({ resident, memory, helpers }: Reading, capacity: Bytes): Split {
  const believed = (value: Bytes | null) => plausible(value, capacity);
  const charged = memory === null || memory.anon === null ? null : memory.anon + (memory.shmem ?? 0);
  const given = believed(resident ?? charged);
  const tareKernel = believed(memory?.kernel ?? null);
  const tareHelpers = believed(helpers);
  return {
    gross: given === null ? null : believed(sumOfKnown(given, tareKernel, tareHelpers)),
    net: null,
    cache: null,
    tare: null,
    tareKernel,
    tareHelpers,
    other: null,
  };
}

/**
 * Touched by the guest once and not given back: gross - in use. null where the guest does not tell, and where it uses more
 * than is resident (the host swapped some of it out, or the guest told it seconds ago): then nobody knows.
 * Source: docs/measuring.md#vm-memory. gross 4,731, in use 3,318: held 1,413 MiB.
 */
export function held(gross: Bytes | null, inUse: Bytes | null): Bytes | null {
  return gross === null || inUse === null ? null : plausible(gross - inUse);
}
