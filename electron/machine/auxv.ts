import { readFileSync } from "node:fs";

/**
 * A value of the auxiliary vector that the kernel gave this process: what `getconf CLK_TCK` and `PAGESIZE` print,
 * without spawning them. /proc/self/auxv is pairs of 64-bit words (32-bit systems: fallback),
 * https://man7.org/linux/man-pages/man3/getauxval.3.html
 */
export function parseAuxv(bytes: Buffer, key: number): number | null {
  for (let at = 0; at + 16 <= bytes.length; at += 16)
    if (bytes.readBigUInt64LE(at) === BigInt(key)) return Number(bytes.readBigUInt64LE(at + 8));
  return null;
}

const vector = (() => {
  try {
    return readFileSync("/proc/self/auxv");
  } catch {
    return Buffer.alloc(0);
  }
})();

/** Clock ticks a second in /proc (USER_HZ): AT_CLKTCK; 100 on every common system. */
export const clockTicks = parseAuxv(vector, 17) || 100;
/** Bytes of a page: AT_PAGESZ. */
export const pageSize = parseAuxv(vector, 6) || 4096;
