import type { Bytes } from "../../../shared/model/units.ts";

// What the guest tells on its serial line, beside the kernel's lines and what the workload prints:
//   TARE:5f0c9b3a61d2e874:init                  our init runs
//   TARE:5f0c9b3a61d2e874:exec                  the workload is started next
//   TARE:5f0c9b3a61d2e874:ready                 the probe succeeded
//   TARE:5f0c9b3a61d2e874:exit 0                the workload ended; 128 + N: by signal N
//   TARE:5f0c9b3a61d2e874:memory MemTotal=231384 MemFree=99048 … workload=812 workloadAnonymous=400
// The nonce is new for each initramfs, so that no output that was written beforehand is taken for a marker.

export type Marker =
  | { readonly kind: "init" | "exec" | "ready" }
  | { readonly kind: "exit"; readonly code: number }
  | { readonly kind: "memory"; readonly memory: GuestMemory };

/**
 * Memory as the guest's kernel tells it (/proc/meminfo), null where it does not. `cached` holds the page cache and the
 * initramfs' files, which are `unevictable` with rootfstype=ramfs. `workload` is the sum of its processes' shares (Pss:
 * what two share counts half for each), files' pages with it; `workloadAnonymous` is the part that is no file's.
 */
export type GuestMemory = {
  readonly [name in
    | "total"
    | "free"
    | "available"
    | "buffers"
    | "cached"
    | "anonymous"
    | "shared"
    | "unevictable"
    | "slab"
    | "kernelStack"
    | "pageTables"
    | "perCpu"
    | "workload"
    | "workloadAnonymous"]: Bytes | null;
};

/** Lines of /proc/meminfo that are told, and what we call them. */
export const memoryLines = {
  MemTotal: "total",
  MemFree: "free",
  MemAvailable: "available",
  Buffers: "buffers",
  Cached: "cached",
  AnonPages: "anonymous",
  Shmem: "shared",
  Unevictable: "unevictable",
  Slab: "slab",
  KernelStack: "kernelStack",
  PageTables: "pageTables",
  Percpu: "perCpu",
} as const satisfies Record<string, keyof GuestMemory>;

/** How every marker of this initramfs begins. */
export const markerStart = (nonce: string): string => `TARE:${nonce}:`;

/**
 * One line of the serial console, its end cut off: what the workload or the kernel printed, and the marker, of which one may
 * stand behind output that did not end its line. An unknown marker is output.
 */
export function parseSerialLine(
  line: string,
  nonce: string,
): { readonly output: string; readonly marker: Marker | null } {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  const start = markerStart(nonce);
  const at = text.lastIndexOf(start);
  const marker = at < 0 ? null : parseMarker(text.slice(at + start.length));
  return marker === null ? { output: text, marker } : { output: text.slice(0, at), marker };
}

function parseMarker(text: string): Marker | null {
  if (text === "init" || text === "exec" || text === "ready") return { kind: text };
  const code = /^exit (\d{1,3})$/.exec(text)?.[1];
  if (code !== undefined) return { kind: "exit", code: Number(code) };
  return text.startsWith("memory ") ? { kind: "memory", memory: parseMemory(text.slice(7)) } : null;
}

/** `MemTotal=231384`: in KiB, as everything here. */
function parseMemory(text: string): GuestMemory {
  const told = new Map<string, Bytes>();
  for (const word of text.split(" ")) {
    const [, name, value] = /^(\w+)=(\d{1,12})$/.exec(word) ?? [];
    if (name !== undefined) told.set(name, Number(value) * 1_024);
  }
  const of = (name: keyof typeof memoryLines | "workload" | "workloadAnonymous") => told.get(name) ?? null;
  return {
    total: of("MemTotal"),
    free: of("MemFree"),
    available: of("MemAvailable"),
    buffers: of("Buffers"),
    cached: of("Cached"),
    anonymous: of("AnonPages"),
    shared: of("Shmem"),
    unevictable: of("Unevictable"),
    slab: of("Slab"),
    kernelStack: of("KernelStack"),
    pageTables: of("PageTables"),
    perCpu: of("Percpu"),
    workload: of("workload"),
    workloadAnonymous: of("workloadAnonymous"),
  };
}
