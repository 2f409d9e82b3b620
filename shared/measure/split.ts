import type { MemoryReading } from "../model/reading.ts";
import type { Bytes } from "../model/units.ts";
import { plausible, sumOfKnown } from "./plausible.ts";

export type Split = {
  readonly gross: Bytes | null;
  readonly net: Bytes | null;
  readonly cache: Bytes | null;
  readonly tare: Bytes | null;
  readonly tareKernel: Bytes | null;
  readonly tareHelpers: Bytes | null;
  /** May be a little below 0, see `split`. */
  readonly other: Bytes | null;
};

/**
 * Cuts what the kernel charges to a container, and its helpers, into parts that add up exactly:
 *   net (anon + shmem) + cache (file - shmem) + tare (kernel + helpers) + other = gross = charged + helpers
 * `other` is what remains, and so may be below 0: the charge and memory.stat are read one after the other, and the kernel
 * brings memory.stat up to date in batches. It stands as it is, since hiding it would make one of the parts false.
 * What is not known is left out of the sums and stands in `other` (kernel memory) or in nothing (helpers), and its own
 * figure is null. A part beyond `capacity` (the host's memory) is refused, and with it every sum that holds it.
 * Source: docs/measuring.md#gross.
 * charged 100, anon 40, shmem 10, file 45, kernel 12, helpers 8: 50 + 35 + 20 + 3 = 108 MiB.
 */
export function split(memory: MemoryReading, helpers: Bytes | null, capacity: Bytes): Split {
  const believed = (value: Bytes | null) => plausible(value, capacity);
  const charged = believed(memory.charged);
  const tareKernel = believed(memory.kernel);
  const tareHelpers = believed(helpers);
  const gross = charged === null ? null : believed(sumOfKnown(charged, tareHelpers));
  const tare = believed(sumOfKnown(tareKernel, tareHelpers));
  const shmem = believed(memory.shmem);
  const anon = believed(memory.anon);
  const file = believed(memory.file);
  const net = anon === null || shmem === null ? null : believed(anon + shmem);
  const cache = file === null || shmem === null ? null : Math.max(0, file - shmem);
  const other = gross === null || net === null || cache === null ? null : gross - net - cache - (tare ?? 0);
  return { gross, net, cache, tare, tareKernel, tareHelpers, other };
}
