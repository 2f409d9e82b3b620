import { textOf } from "./proc-files.ts";
import { readStartTicks } from "./process-start.ts";

/** A run of Tare, as it is noted in a file: which process it was, and of which boot. */
export type RunMark = {
  readonly pid: number;
  /** Start in clock ticks; null: there is no /proc here. */
  readonly start: number | null;
  readonly boot: string | null;
};

const bootId = () => textOf("/proc/sys/kernel/random/boot_id").trim() || null;

/** This process. */
export const thisRun = (): RunMark => ({
  pid: process.pid,
  start: readStartTicks("/proc", process.pid),
  boot: bootId(),
});

/** Whether the run that wrote it still goes on: its process is there, and the same one. */
export function isAlive({ pid, start, boot }: RunMark): boolean {
  if (boot !== bootId()) return false;
  if (start !== null) return readStartTicks("/proc", pid) === start;
  try {
    process.kill(pid, 0); // no /proc: a pid that was given again keeps a file until that one ends
    return true;
  } catch {
    return false;
  }
}
