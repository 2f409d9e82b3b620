import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Windows has no such flag, and no links that anybody may make. */
const notThroughLink = constants.O_NOFOLLOW ?? 0;

/**
 * The bytes of a regular file, and what it is; a link in its place is refused (ELOOP), and so is more than `most` bytes
 * (EFBIG). Throws what the system says.
 */
export function readWhole(path: string, most: number): { readonly bytes: Buffer; readonly stat: Stats } {
  // Without O_NONBLOCK a pipe in its place would be waited for.
  const file = openSync(path, constants.O_RDONLY | notThroughLink | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw refused("EISDIR", path);
    if (stat.size > most) throw refused("EFBIG", path);
    return { bytes: readFileSync(file), stat };
  } finally {
    closeSync(file);
  }
}

/**
 * Writes a file whole or not at all: written beside it, on the disk before it takes the place of the one that was there,
 * and that too is on the disk when this returns. `like`: whose mode and owner it takes; null: for this user alone (0600).
 * Throws what the system says, and then nothing was changed.
 */
export function writeWhole(path: string, text: string | Uint8Array, like: Stats | null): void {
  const folder = dirname(path);
  const beside = join(folder, `.tare-${process.pid}-${Date.now()}`);
  const file = openSync(beside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    try {
      writeFileSync(file, text);
      if (like !== null) {
        const own = fstatSync(file);
        if (own.uid !== like.uid || own.gid !== like.gid) fchownSync(file, like.uid, like.gid);
        fchmodSync(file, like.mode & 0o7777);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/** A file's new name is on the disk only when its folder is. Windows opens no folder, and needs none of it. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const file = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const refused = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code, path });
