import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStartTicks } from "../../machine/process-start.ts";
import { removeCgroup } from "./own-cgroup.ts";

/** What stands in a note's name: the guest and who started it, each by its pid and its start, which are never given twice. */
const form = /^(\d{1,10})-(\d{1,20})-(\d{1,10})-(\d{1,20})$/;

/**
 * Notes that process `pid` is a guest of ours, so that a later Tare can end it should we be killed: an empty file with all of
 * it in its name. Gives what takes the note away. Where a note can't be made (disk full; no /proc) there is none.
 */
export function note(folder: string, pid: number): () => void {
  const ticks = readStartTicks("/proc", pid);
  const own = readStartTicks("/proc", process.pid);
  if (ticks === null || own === null) return () => undefined;
  const path = join(folder, `${pid}-${ticks}-${process.pid}-${own}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, "", { mode: 0o600 });
  } catch {
    // setpriv ends the guest with us; the note is for where there is none
  }
  return () => rmSync(path, { force: true });
}

/** Ends guests whose Tare is gone. One that lives has its own in hand. Gives how many were ended. */
export function sweepGuests(folder: string): number {
  let ended = 0;
  for (const name of namesIn(folder)) {
    const [, pid, ticks, owner, ownerTicks] = (form.exec(name) ?? []).map(Number);
    if (pid === undefined || owner === undefined) continue;
    if (readStartTicks("/proc", owner) === ownerTicks) continue;
    if (readStartTicks("/proc", pid) === ticks && kill(pid)) ended++;
    void removeCgroup(`${pid}-${ticks}`);
    rmSync(join(folder, name), { force: true });
  }
  return ended;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nothing was ever started
  }
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}
