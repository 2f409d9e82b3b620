import { totalmem } from "node:os";
import { vmSplit } from "../../../shared/measure/memory-vm.ts";
import type { TrialMemory } from "../../../shared/model/race.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { readOwnCgroups } from "../../engines/qemu/process.ts";
import type { Clock } from "../../machine/clock.ts";
import { readers } from "../../readers/readers.ts";
import type { GuestProcess } from "./process.ts";
import { readTranslated } from "./translated.ts";

/**
 * What the host gives to a guest now, as Scale weighs it: the resident set of its QEMU, and the kernel memory of its cgroup
 * where it has one of its own. Net is another matter: only the same workload in a container shows it. Parts of it that come
 * from how it was booted are named: `imageCopy` as it was told, and TCG's translations. Null: gone, or not told here.
 */
export function weighGuest(
  guest: Pick<GuestProcess, "pid" | "ticks">,
  accelerator: string | null,
  imageCopy: Bytes | null,
  clock: Clock,
): TrialMemory | null {
  const { pid, ticks } = guest;
  if (ticks === null) return null;
  try {
    const reader = readers(clock)({ via: "process", pid, ticks, paths: readOwnCgroups(pid) });
    const reading = reader.read();
    const translated = accelerator === "tcg" ? readTranslated(pid) : null;
    reader.close();
    if (reading === null || reading === "gone") return null;
    const { gross, net, cache, tare, other } = vmSplit(reading, totalmem());
    return { gross, net, cache, tare, other, imageCopy, translated };
  } catch {
    return null; // it ended while it was weighed
  }
}
