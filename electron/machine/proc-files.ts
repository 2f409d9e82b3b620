import type { Bytes } from "../../shared/model/units.ts";
import { readOnce, shared } from "./held-file.ts";

/** The text of a small /proc file, read now; "": not there, or not ours to read. */
export function textOf(path: string): string {
  return shared.toString("utf8", 0, Math.max(0, readOnce(path)));
}

/** What is taken from /proc/PID/stat, as it stands there: clock ticks. */
export type Stat = {
  readonly state: string;
  readonly parent: number;
  /** utime + stime: the guest's time is in it. */
  readonly used: number;
  readonly threads: number;
  /** Start since boot: pid and start together are never given twice. */
  readonly start: number;
};

/**
 * /proc/PID/stat, https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 *   2517 (qemu-system-x86) S 1 2517 2517 0 -1 138412416 61234 0 12 0 1834 207 0 0 20 0 5 0 91234 1284...
 * The name may hold anything, also ") S 1": fields are counted from the last ")".
 */
export function parseStat(bytes: Uint8Array, length: number): Stat | null {
  let at = length - 1;
  while (at >= 0 && bytes[at] !== 41) at--;
  if (at < 0 || bytes[at + 1] !== 32) return null;
  const state = String.fromCharCode(bytes[at + 2] ?? 0);
  const [parent, user, system, threads, start] = fieldsOf(bytes, length, at + 4, [4, 14, 15, 20, 22]);
  return parent !== undefined &&
    user !== undefined &&
    system !== undefined &&
    threads !== undefined &&
    start !== undefined
    ? { state, parent, used: user + system, threads, start }
    : null;
}

/** The numbers of some fields, as the manual counts them; the one at `from` is the 4th. Stops at the first that isn't one. */
export function fieldsOf(
  bytes: Uint8Array,
  length: number,
  from: number,
  wanted: readonly number[],
): number[] {
  const found: number[] = [];
  let at = from;
  for (let field = 4; at < length && found.length < wanted.length; field++) {
    let value = 0;
    let digits = 0;
    const began = at;
    for (; at < length && bytes[at] !== 32 && bytes[at] !== 10; at++) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit >= 0 && digit <= 9) digits++;
      value = value * 10 + digit;
    }
    if (field === wanted[found.length]) {
      if (digits === 0 || digits > 20 || digits !== at - began) return found;
      found.push(value);
    }
    at++;
  }
  return found;
}

/**
 * /proc/PID/status, https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 *   Name:	nginx
 *   VmRSS:	    6540 kB     absent for kernel threads and zombies
 *   Threads:	1
 */
export function parseStatus(
  text: string,
): { name: string; resident: number | null; threads: number | null } | null {
  const name = /^Name:\t(.*)$/m.exec(text)?.[1];
  if (name === undefined) return null;
  const resident = /^VmRSS:\s*(\d{1,15}) kB$/m.exec(text)?.[1];
  const threads = /^Threads:\s*(\d{1,9})$/m.exec(text)?.[1];
  return {
    name,
    resident: resident === undefined ? null : Number(resident) * 1024,
    threads: threads === undefined ? null : Number(threads),
  };
}

/**
 * /proc/PID/smaps_rollup
 *   Rss:              241320 kB
 *   Pss:              229811 kB
 */
export function parsePss(text: string): Bytes | null {
  const pss = /^Pss:\s*(\d{1,15}) kB$/m.exec(text)?.[1];
  return pss === undefined ? null : Number(pss) * 1024;
}

/**
 * What only this process holds: the Private_ rows of /proc/PID/smaps_rollup, added.
 *   Private_Clean:      4520 kB
 *   Private_Dirty:      3120 kB
 *   Private_Hugetlb:       0 kB
 */
export function parsePrivate(text: string): Bytes | null {
  const rows = [...text.matchAll(/^Private_\w+:\s*(\d{1,15}) kB$/gm)];
  return rows.length === 0 ? null : rows.reduce((sum, row) => sum + Number(row[1]) * 1024, 0);
}

/**
 * From /proc/PID/status: how many pid namespaces deep a process is. 1: it lives in ours, as every helper does; a
 * program inside a container that calls itself a shim does not.
 *   NSpid:	4711	1
 */
export function parseDepth(status: string): number | null {
  const row = /^NSpid:(.*)$/m.exec(status)?.[1];
  return row === undefined ? null : row.trim().split(/\s+/).length;
}
