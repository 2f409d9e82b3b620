import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";

/** The one buffer that every held file is read into: its content is valid until the next read of any file. */
export const shared = Buffer.allocUnsafeSlow(1 << 18);

/** A kernel file that is read again and again. `descriptor` -1: none was left, so it is opened for each read. */
export type HeldFile = { readonly path: Buffer; descriptor: number; readonly inode: number };

/** Left to sockets, databases, children and whatever else of this process needs a descriptor. */
const reserve = 128;

/** The soft limit, which Node has raised to the hard one by itself. */
function softLimit(): number {
  try {
    return Number(/^Max open files +(\d+)/m.exec(readFileSync("/proc/self/limits", "latin1"))?.[1] ?? 4096);
  } catch {
    return 256;
  }
}

/**
 * How many descriptors are held, and may be. Beyond it files are opened for each read: three times dearer, and nobody
 * goes unread.
 */
export const descriptors = { held: 0, most: Math.max(0, softLimit() - reserve) };

/** Opens `path` (latin1: a byte a character, so that any cgroup's name works). Null: not there, or not ours to read. */
export function hold(path: string): HeldFile | null {
  const bytes = Buffer.from(path, "latin1");
  try {
    const descriptor = openSync(bytes, "r");
    const inode = fstatSync(descriptor).ino;
    if (descriptors.held < descriptors.most) {
      descriptors.held++;
      return { path: bytes, descriptor, inode };
    }
    closeSync(descriptor);
    return { path: bytes, descriptor: -1, inode };
  } catch {
    return null;
  }
}

/**
 * Reads a held kernel file from its start into `shared`; gives the length. Throws what the kernel says: ENODEV is a
 * cgroup that was removed, ESRCH a process that ended. Longer files than the buffer are cut there.
 */
export function readHeld(file: HeldFile): number {
  return file.descriptor < 0 ? readUnheld(file) : readWhole(file.descriptor);
}

function readWhole(descriptor: number): number {
  let length = 0;
  for (;;) {
    const got = readSync(descriptor, shared, length, shared.length - length, length);
    length += got;
    // The kernel renders a page at a time and never splits a record: a first read that leaves 1 KiB of its page
    // free was all there is (no record of these files is that long), any other may go on.
    if (got === 0 || length < 3072 || length === shared.length) return length;
  }
}

/** Without a descriptor the path may meanwhile name another cgroup (a restart): then it is as gone as ENODEV. */
function readUnheld(file: HeldFile): number {
  const descriptor = openSync(file.path, "r");
  try {
    // Inodes in /proc/PID come and go with the kernel's cache; whoever reads there checks the start time instead.
    const replaced =
      fstatSync(descriptor).ino !== file.inode && !file.path.toString("latin1").startsWith("/proc/");
    if (replaced) throw Object.assign(new Error("ENODEV: another cgroup took this path"), { code: "ENODEV" });
    return readWhole(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Closes what was held, once; null is nothing. */
export function letGo(file: HeldFile | null): void {
  if (file === null || file.descriptor < 0) return;
  closeSync(file.descriptor);
  file.descriptor = -1;
  descriptors.held--;
}

/**
 * Reads a file that may be absent into `shared`: its length, -1 where there is none or it can't be read now (PSI that
 * is switched off answers EOPNOTSUPP). Throws only when the thing itself is gone: ENODEV, ENOENT, ESRCH.
 */
export function lengthOf(file: HeldFile | null): number {
  if (file === null) return -1;
  try {
    return readHeld(file);
  } catch (error) {
    if (isGone(error)) throw error;
    return -1;
  }
}

/** Whether an error of a read says that the cgroup or process is no more. */
export function isGone(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "ENODEV" || code === "ENOENT" || code === "ESRCH";
}

/** Reads a file once, now, into `shared`: its length, -1 where it can't be read. For what is looked at seldom. */
export function readOnce(path: string): number {
  try {
    const descriptor = openSync(Buffer.from(path, "latin1"), "r");
    try {
      return readWhole(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return -1;
  }
}
