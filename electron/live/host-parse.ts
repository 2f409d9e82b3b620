import type { Bytes } from "../../shared/model/units.ts";

/**
 * /proc/stat, https://man7.org/linux/man-pages/man5/proc_stat.5.html
 *   cpu  10132153 290696 3084719 46828483 16683 0 25195 0 175628 0
 *        user     nice   system  idle     iowait irq softirq steal guest guest_nice
 * Ticks in which a core worked for this computer. Guests' time is in user already; steal went to other machines of the
 * same hypervisor, so it was not used here.
 */
export function parseBusy(text: string): number | null {
  const row = /^cpu +(\d+) (\d+) (\d+) \d+ \d+ (\d+) (\d+)/.exec(text);
  return row === null ? null : row.slice(1, 6).reduce((sum, ticks) => sum + Number(ticks), 0);
}

export type HostMemory = {
  readonly available: Bytes | null;
  readonly free: Bytes | null;
  readonly cache: Bytes | null;
};

/**
 * /proc/meminfo, https://man7.org/linux/man-pages/man5/proc_meminfo.5.html
 *   MemFree:         1234567 kB
 *   MemAvailable:    5345678 kB
 * Cache is Cached + Buffers; tmpfs is in Cached.
 */
export function parseMeminfo(text: string): HostMemory {
  const of = (key: string) => {
    const kibibytes = new RegExp(`^${key}: +(\\d{1,15}) kB$`, "m").exec(text)?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  };
  const cached = of("Cached");
  const buffers = of("Buffers");
  return {
    available: of("MemAvailable"),
    free: of("MemFree"),
    cache: cached === null || buffers === null ? null : cached + buffers,
  };
}

export type Moved = { readonly into: Bytes; readonly out: Bytes };

/**
 * /proc/diskstats, https://docs.kernel.org/admin-guide/iostats.html
 *   254       0 vda 5000 10 368640 900 1200 30 98304 700 0 1500 1600
 * Bytes read (6th field) and written (10th) by the disks of `counted`, in sectors of 512 whatever the disk's own.
 * Null: none of them is there.
 */
export function parseDiskstats(text: string, counted: ReadonlySet<string>): Moved | null {
  return sumOf(text.split("\n"), (row) => {
    const fields = row.trim().split(/ +/);
    return counted.has(fields[2] ?? "") ? [Number(fields[5]) * 512, Number(fields[9]) * 512] : null;
  });
}

/**
 * /proc/net/dev
 *    eth0: 738355595   23031    0    0    0     0          0         0  1457603   13243 ...
 * Bytes received and sent by the interfaces of `counted`. Null: none of them is there.
 */
export function parseInterfaces(text: string, counted: ReadonlySet<string>): Moved | null {
  return sumOf(text.split("\n"), (row) => {
    const colon = row.lastIndexOf(":");
    if (colon < 0 || !counted.has(row.slice(0, colon).trim())) return null;
    const fields = row
      .slice(colon + 1)
      .trim()
      .split(/ +/);
    return [Number(fields[0]), Number(fields[8])];
  });
}

function sumOf(
  rows: readonly string[],
  bytes: (row: string) => readonly [number, number] | null,
): Moved | null {
  const found = rows.map(bytes).filter((pair) => pair?.every(Number.isFinite));
  if (found.length === 0) return null;
  return {
    into: found.reduce((sum, pair) => sum + (pair?.[0] ?? 0), 0),
    out: found.reduce((sum, pair) => sum + (pair?.[1] ?? 0), 0),
  };
}

/**
 * /proc/net/route: the interfaces that a default route leaves by.
 *   Iface   Destination     Gateway         Flags ...
 *   eth0    00000000        0100000A        0003  ...
 */
export function parseDefaultRoutes(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/^(\S+)\t00000000\t/gm)].map((row) => row[1] ?? ""));
}

/** /etc/os-release: PRETTY_NAME="Debian GNU/Linux 12 (bookworm)" */
export function parseOsName(text: string): string | null {
  return /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(text)?.[1] ?? null;
}
