import { closeSync, openSync, readSync } from "node:fs";

/** The one buffer that every held file is read into: its content is valid until the next read of any file. */
export const shared = Buffer.allocUnsafeSlow(1 << 18);

/** Opens `path` (latin1: a byte a character, so that any cgroup's name works). Null: not there, or not ours to read. */
export function hold(path: string): number | null {
  try {
    return openSync(Buffer.from(path, "latin1"), "r");
  } catch {
    return null;
  }
}

/**
 * Reads a held kernel file from its start into `shared`; gives the length. Throws what the kernel says: ENODEV is a
 * cgroup that was removed, ESRCH a process that ended. Longer files than the buffer are cut there.
 */
export function readHeld(descriptor: number): number {
  let length = 0;
  for (;;) {
    const got = readSync(descriptor, shared, length, shared.length - length, length);
    length += got;
    // A kernel file is rendered a page at a time: a short read is not its end, an empty one is. Small files end here.
    if (got === 0 || length < 4096 || length === shared.length) return length;
  }
}

/** Closes what was held; null is nothing. */
export function letGo(descriptor: number | null): void {
  if (descriptor !== null) closeSync(descriptor);
}
