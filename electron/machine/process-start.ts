import type { Millis } from "../../shared/model/units.ts";
import { clockTicks } from "./auxv.ts";
import { readOnce, shared } from "./held-file.ts";
import { parseStat, textOf } from "./proc-files.ts";

/** Start of a process in clock ticks since boot: with the pid, its identity. `proc`: where /proc is. Null: gone. */
export function readStartTicks(proc: string, pid: number): number | null {
  const length = readOnce(`${proc}/${pid}/stat`);
  return length > 0 ? (parseStat(shared, length)?.start ?? null) : null;
}

/**
 * When a process began, by the wall clock: now - (uptime - ticks / ticks a second). Began 900 s after boot, 1,000 s after
 * boot: 100 s ago. Null where the uptime is not told.
 */
export function readStartedAt(proc: string, ticks: number, now: Millis): Millis | null {
  const uptime = Number(textOf(`${proc}/uptime`).split(" ")[0]);
  return Number.isFinite(uptime) && uptime > 0
    ? Math.round(now - (uptime - ticks / clockTicks) * 1_000)
    : null;
}
