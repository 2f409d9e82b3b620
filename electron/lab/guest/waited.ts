import { readdirSync } from "node:fs";
import type { Millis } from "../../../shared/model/units.ts";
import { textOf } from "../../machine/proc-files.ts";

/**
 * /proc/PID/task/TID/schedstat, https://docs.kernel.org/scheduler/sched-stats.html: ns on a processor, ns runnable without
 * one, times on one. Gives the second.
 *   1381204110 20661 312
 */
export function parseWaited(text: string): number | null {
  const found = /^\d{1,20} (\d{1,20}) \d/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/**
 * How long a process was kept waiting for a processor: the longest of its threads', since one of them is the guest. What
 * tells a guest that is slow, because the machine is busy, from one that hangs. 0 where the system does not tell.
 */
export function readWaited(pid: number): Millis {
  let longest = 0;
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`))
      longest = Math.max(longest, parseWaited(textOf(`/proc/${pid}/task/${thread}/schedstat`)) ?? 0);
  } catch {
    // gone, or no such folder on this system
  }
  return longest / 1e6;
}
