import { ascii, isDigit, lineEnd, newline, numberAt, orNull, space, startsWith } from "./scan.ts";

/**
 * Parsers of cgroup files. They take the bytes of the one reused buffer and their length, make no strings, and answer
 * null (NaN in arrays) for whatever does not stand there as a whole number: never 0.
 */

/**
 * A file that holds one number: memory.current, memory.usage_in_bytes, cpuacct.usage, pids.current, and limits.
 *   4345856
 * "max" and "-1" (no limit) are null, as is anything else.
 */
export function parseNumber(bytes: Uint8Array, length: number): number | null {
  return orNull(numberAt(bytes, 0, length));
}

/** Keys to look for in a flat keyed file, by the length of their names, so that a line is compared at most twice. */
export type Keys = {
  readonly count: number;
  readonly byLength: readonly (readonly { index: number; name: Uint8Array }[])[];
};

/** Prepares the keys of a flat keyed file; their order is that of the values in `parseKeyed`'s `into`. */
export function keysOf(names: readonly string[]): Keys {
  const byLength: { index: number; name: Uint8Array }[][] = [];
  for (const [index, text] of names.entries()) {
    const name = ascii(text);
    byLength[name.length] = [...(byLength[name.length] ?? []), { index, name }];
  }
  return { count: names.length, byLength };
}

/**
 * A flat keyed file, https://docs.kernel.org/admin-guide/cgroup-v2.html#format (cgroup v1 has the same form):
 * memory.stat, memory.events, memory.oom_control, cpu.stat.
 *   anon 57344
 *   file 0
 * Writes the values of `keys` to `into` and gives it back; NaN: no such line, or no number in it.
 */
export function parseKeyed(bytes: Uint8Array, length: number, keys: Keys, into: Float64Array): Float64Array {
  into.fill(Number.NaN, 0, keys.count);
  for (let at = 0; at < length; ) {
    let gap = at;
    while (gap < length && bytes[gap] !== space && bytes[gap] !== newline) gap++;
    if (bytes[gap] !== space || gap >= length) {
      at = gap + 1;
      continue;
    }
    const candidates = keys.byLength[gap - at];
    if (candidates)
      for (const { index, name } of candidates)
        if (startsWith(bytes, at, gap, name)) into[index] = numberAt(bytes, gap + 1, length);
    while (gap < length && bytes[gap] !== newline) gap++;
    at = gap + 1;
  }
  return into;
}

const lines = { some: ascii("some "), full: ascii("full ") } as const;
const total = ascii(" total=");

/**
 * Pressure stall information, https://docs.kernel.org/accounting/psi.html
 *   some avg10=0.00 avg60=0.00 avg300=0.00 total=8919
 *   full avg10=0.00 avg60=0.00 avg300=0.00 total=5242
 * Microseconds: `total` of the line `some` (at least one task waited) or `full` (all that were not idle did).
 */
export function parsePressure(
  bytes: Uint8Array,
  length: number,
  line: keyof typeof lines = "some",
): number | null {
  for (let at = 0; at < length; ) {
    const end = lineEnd(bytes, at, length);
    if (startsWith(bytes, at, end, lines[line])) {
      // It is the last field: read from the end, which is a quarter of the way.
      let digits = end;
      while (digits > at && isDigit(bytes[digits - 1])) digits--;
      const told = startsWith(bytes, digits - total.length, end, total);
      return told ? orNull(numberAt(bytes, digits, end)) : null;
    }
    at = end + 1;
  }
  return null;
}

/** A block device as one number. Minors take 20 bits in the kernel. */
export const deviceNumber = (major: number, minor: number) => major * 2 ** 20 + minor;

/** The device `MAJ:MIN` at `at`, and the place behind it; null: the line starts with something else. */
function deviceAt(bytes: Uint8Array, at: number, end: number): { device: number; behind: number } | null {
  let colon = at;
  while (colon < end && isDigit(bytes[colon])) colon++;
  if (bytes[colon] !== 58) return null;
  let gap = colon + 1;
  while (gap < end && isDigit(bytes[gap])) gap++;
  const device = deviceNumber(numberAt(bytes, at, colon), numberAt(bytes, colon + 1, gap));
  return bytes[gap] === space && !Number.isNaN(device) ? { device, behind: gap + 1 } : null;
}

/** Which rows of an I/O file are left out: devices that stand on others (dm, md), whose bytes are counted below again. */
export type IsStacked = (device: number) => boolean;
const read = ascii("Read ");
const write = ascii("Write ");

/**
 * blkio.throttle.io_service_bytes of cgroup v1, https://docs.kernel.org/admin-guide/cgroup-v1/blkio-controller.html
 *   253:0 Read 4096
 *   253:0 Write 8192
 *   253:0 Total 12288
 *   Total 12288
 * Adds Read and Write rows (not Total: it holds Discard too). No rows: nothing was read or written yet, which is 0.
 */
export function parseServiceBytes(bytes: Uint8Array, length: number, isStacked: IsStacked) {
  const sum = { read: 0, written: 0 };
  for (let at = 0; at < length; ) {
    const end = lineEnd(bytes, at, length);
    const row = deviceAt(bytes, at, end);
    if (row && !isStacked(row.device)) {
      if (startsWith(bytes, row.behind, end, read)) sum.read += numberAt(bytes, row.behind + 5, end) || 0;
      if (startsWith(bytes, row.behind, end, write)) sum.written += numberAt(bytes, row.behind + 6, end) || 0;
    }
    at = end + 1;
  }
  return sum;
}

const rbytes = ascii("rbytes=");
const wbytes = ascii("wbytes=");

/**
 * io.stat of cgroup v2, https://docs.kernel.org/admin-guide/cgroup-v2.html#io-interface-files
 *   8:16 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=0 dios=0
 * An empty file: nothing was read or written yet, which is 0.
 */
export function parseIoStat(bytes: Uint8Array, length: number, isStacked: IsStacked) {
  const sum = { read: 0, written: 0 };
  for (let at = 0; at < length; ) {
    const end = lineEnd(bytes, at, length);
    const row = deviceAt(bytes, at, end);
    if (row && !isStacked(row.device))
      for (let place = row.behind; place < end; place++) {
        if (bytes[place - 1] !== space) continue;
        if (startsWith(bytes, place, end, rbytes)) sum.read += numberAt(bytes, place + 7, end) || 0;
        if (startsWith(bytes, place, end, wbytes)) sum.written += numberAt(bytes, place + 7, end) || 0;
      }
    at = end + 1;
  }
  return sum;
}

/**
 * cpu.max of cgroup v2: quota and period in microseconds, as cores.
 *   50000 100000     0.5 cores
 *   max 100000       no limit: null
 */
export function parseQuota(bytes: Uint8Array, length: number): number | null {
  const quota = numberAt(bytes, 0, length);
  const gap = bytes.indexOf(space);
  const period = gap < 0 || gap >= length ? Number.NaN : numberAt(bytes, gap + 1, length);
  return period > 0 ? orNull(quota / period) : null;
}

/**
 * /proc/PID/net/dev, https://man7.org/linux/man-pages/man5/proc_pid_net.5.html
 *   Inter-|   Receive                            |  Transmit
 *    face |bytes    packets errs drop ...        |bytes    packets ...
 *     eth0:     200       2    0    0 ...               0        0 ...
 * Bytes received (1st column) and sent (9th) by all interfaces but lo. Null: no interface's line at all.
 */
export function parseNetDev(bytes: Uint8Array, length: number): { received: number; sent: number } | null {
  let lines = 0;
  const sum = { received: 0, sent: 0 };
  for (let at = 0; at < length; ) {
    const end = lineEnd(bytes, at, length);
    const colon = bytes.indexOf(58, at);
    if (colon > 0 && colon < end) {
      const received = column(bytes, colon + 1, end, 0);
      const sent = column(bytes, colon + 1, end, 8);
      if (!Number.isNaN(received) && !Number.isNaN(sent)) {
        lines++;
        // "lo" with a blank or the line's start before it
        const loopback =
          bytes[colon - 1] === 111 &&
          bytes[colon - 2] === 108 &&
          (colon - 2 === at || bytes[colon - 3] === space);
        if (!loopback) {
          sum.received += received;
          sum.sent += sent;
        }
      }
    }
    at = end + 1;
  }
  return lines > 0 ? sum : null;
}

/**
 * The same file of the host, with each device by itself: packets that it received and sent, which only grow.
 * Name -> packets; a line that is none is left out.
 */
export function parseTraffic(bytes: Uint8Array, length: number): Map<string, number> {
  const traffic = new Map<string, number>();
  for (let at = 0; at < length; ) {
    const end = lineEnd(bytes, at, length);
    const colon = bytes.indexOf(58, at);
    if (colon > 0 && colon < end) {
      const packets = column(bytes, colon + 1, end, 1) + column(bytes, colon + 1, end, 9);
      if (!Number.isNaN(packets)) {
        while (bytes[at] === space) at++;
        traffic.set(String.fromCharCode(...bytes.subarray(at, colon)), packets);
      }
    }
    at = end + 1;
  }
  return traffic;
}

function column(bytes: Uint8Array, from: number, end: number, which: number): number {
  let at = from;
  for (let index = 0; ; index++) {
    while (at < end && bytes[at] === space) at++;
    if (index === which) return numberAt(bytes, at, end);
    while (at < end && bytes[at] !== space) at++;
    if (at >= end) return Number.NaN;
  }
}
