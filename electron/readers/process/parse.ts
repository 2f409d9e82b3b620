import type { IoReading } from "../../../shared/model/reading.ts";
import { fieldsOf } from "../../machine/proc-files.ts";

/**
 * /proc/PID/statm, in pages: the 2nd is what is resident.
 *   321024 15320 4810 1802 0 38104 0
 */
export function parseStatm(bytes: Uint8Array, length: number): number | null {
  // Its first field is the 4th of `fieldsOf`.
  return fieldsOf(bytes, length, 0, [5])[0] ?? null;
}

const line = (text: string, key: string): number | null => {
  const found = new RegExp(`^${key}:\\s*(\\d{1,20})(?: kB)?$`, "m").exec(text)?.[1];
  return found === undefined ? null : Number(found);
};

/**
 * /proc/PID/io, https://man7.org/linux/man-pages/man5/proc_pid_io.5.html
 *   rchar: 1948     through read(2), the page cache included: not what a disk did
 *   read_bytes: 0
 *   write_bytes: 323932160
 */
export function parseProcessIo(text: string): IoReading | null {
  const read = line(text, "read_bytes");
  const written = line(text, "write_bytes");
  return read === null || written === null ? null : { read, written };
}
