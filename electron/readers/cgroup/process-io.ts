import type { IoReading } from "../../../shared/model/reading.ts";
import { type HeldFile, hold, isGone, lengthOf, letGo, shared } from "../../machine/held-file.ts";
import { pidsBelow } from "./network.ts";
import { keysOf, parseKeyed } from "./parse.ts";
import type { Source } from "./source.ts";

/** More processes than this would cost more than the figure is worth, and take their descriptors from others. */
const most = 32;
const keys = keysOf(["read_bytes:", "write_bytes:"]);
const values = new Float64Array(keys.count);

/**
 * Disk bytes of a cgroup whose controller counts none, added up from its processes.
 * /proc/PID/io, https://man7.org/linux/man-pages/man5/proc_pid_io.5.html
 *   read_bytes: 4198400
 *   write_bytes: 8396800
 * The kernel adds a process's bytes to its parent's when that reaps it, so the sum stands while processes end. What was
 * started from outside (docker exec) takes its bytes with it: the sum goes back, which is a gap and no spike.
 * null: more than 32 processes, or not ours to read (it takes root, or the same user).
 */
export function processIo(folder: string): Source<IoReading> {
  const files = new Map<number, HeldFile>();
  let complete = false;
  let ended = true;

  const drop = (pid: number) => {
    letGo(files.get(pid) ?? null);
    files.delete(pid);
  };
  const list = () => {
    ended = false;
    const pids = pidsBelow(folder, most + 1);
    for (const pid of files.keys()) if (!pids.includes(pid)) drop(pid);
    complete = pids.length <= most;
    if (!complete) return;
    for (const pid of pids) {
      if (files.has(pid)) continue;
      const file = hold(`/proc/${pid}/io`);
      if (file) files.set(pid, file);
    }
  };
  const lengthFor = (pid: number, file: HeldFile) => {
    try {
      return lengthOf(file);
    } catch (error) {
      if (!isGone(error)) throw error;
      drop(pid);
      ended = true;
      return 0;
    }
  };

  return {
    // Due is when their number changed.
    read(due) {
      if (due || ended) list();
      if (!complete) return null;
      const sum = { read: 0, written: 0 };
      for (const [pid, file] of [...files]) {
        const length = lengthFor(pid, file);
        if (length < 0) return null;
        if (length === 0) continue; // ended: its parent has its bytes now
        parseKeyed(shared, length, keys, values);
        sum.read += values[0] ?? Number.NaN;
        sum.written += values[1] ?? Number.NaN;
      }
      return Number.isNaN(sum.read + sum.written) || files.size === 0 ? null : sum;
    },
    close() {
      for (const pid of [...files.keys()]) drop(pid);
    },
  };
}
