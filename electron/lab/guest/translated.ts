import { readFileSync } from "node:fs";
import type { Bytes } from "../../../shared/model/units.ts";

/**
 * /proc/PID/smaps, https://docs.kernel.org/filesystems/proc.html: what is resident of TCG's cache of translated code, in
 * bytes. It is the one mapping that may be written and run, large and of no file:
 *   7f9e24000000-7f9e63fff000 rwxp 00000000 00:00 0
 *   Size:            1048572 kB
 *   Rss:                2048 kB
 * With -accel tcg,split-wx=on, and where the system allows no such pages, it is one memory file, mapped for running:
 *   7f1e24000000-7f1e63fff000 r-xs 00000000 00:01 2051                       /memfd:tcg-jit (deleted)
 * Null: there is none.
 */
export function parseTranslated(text: string): Bytes | null {
  let resident: number | null = null;
  let inside = false;
  for (const line of text.split("\n")) {
    const mapping = /^[0-9a-f]+-[0-9a-f]+ (\S{4}) \S+ \S+ \d+ *(.*)$/.exec(line);
    if (mapping) {
      const [, rights, file = ""] = mapping;
      inside = (rights === "rwxp" && file === "") || (rights === "r-xs" && file.includes("memfd:tcg-jit"));
      continue;
    }
    const rss = inside ? /^Rss: *(\d{1,15}) kB$/.exec(line)?.[1] : undefined;
    if (rss !== undefined) resident = (resident ?? 0) + Number(rss) * 1024;
  }
  return resident;
}

/** The cache of a QEMU that runs without hardware acceleration; null where the system does not tell (a few ms). */
export function readTranslated(pid: number): Bytes | null {
  try {
    return parseTranslated(readFileSync(`/proc/${pid}/smaps`, "latin1"));
  } catch {
    return null;
  }
}
