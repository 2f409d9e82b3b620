import { readdirSync, readFileSync } from "node:fs";

/** CPU time of one process so far, in ms (10 ms steps; utime + stime of /proc/PID/stat); 0 once it is gone. */
export function cpuOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

/** Pids whose program's name (comm, 15 characters) is one of `names`. */
export function pidsOf(...names: readonly string[]): readonly number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        return names.includes(readFileSync(`/proc/${pid}/comm`, "utf8").trim());
      } catch {
        return false;
      }
    });
}

/** Share of one core that `pids` used while `during` ran, and how long it ran in ms. */
export async function coresWhile(
  pids: () => readonly number[],
  during: () => Promise<void>,
): Promise<{ readonly cores: number; readonly ms: number }> {
  const before = new Map(pids().map((pid) => [pid, cpuOf(pid)] as const));
  const began = performance.now();
  await during();
  const ms = performance.now() - began;
  let used = 0;
  for (const pid of pids()) used += Math.max(0, cpuOf(pid) - (before.get(pid) ?? 0));
  return { cores: used / ms, ms };
}

export const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Own CPU of this process in us for one run of `work`, the mean of `times`. */
export function microsOf(work: () => void, times: number): number {
  const before = process.cpuUsage();
  for (let n = 0; n < times; n++) work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / times;
}
