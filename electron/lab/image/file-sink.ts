import { type FileHandle, open } from "node:fs/promises";
import type { Bytes } from "../../../shared/model/units.ts";
import { LabFailure } from "../trial.ts";

/** A file in the making: what is written is gathered, not copied, and goes out in large pieces. */
export type FileSink = {
  /** How much was written so far. */
  readonly position: Bytes;
  /** Keeps hold of `bytes` until they are out: they must not change any more. */
  write(bytes: Uint8Array): Promise<void>;
  /** Writes latin1 text over what was written at `at`; to be called after the last `write`, or long after that place. */
  patch(at: Bytes, text: string): Promise<void>;
  /** Writes out what is gathered, and closes. */
  finish(): Promise<void>;
  /** Closes without it; nothing where it is closed. */
  abandon(): Promise<void>;
};

/** How much is gathered, and in how many pieces: the system takes 1,024 at once. */
const most = { bytes: 1 << 20, pieces: 512 } as const;

/**
 * Opens `path` for this user alone. `from` "new": it must not be there; "end": what is there stays, and is written after.
 * A full disk is a LabFailure "no-room".
 */
export async function fileSink(path: string, from: "new" | "end"): Promise<FileSink> {
  const failed = (error: unknown): never => {
    throw isFull(error) ? new LabFailure({ code: "no-room", where: path, cause: String(error) }) : error;
  };
  const file: FileHandle = await open(path, from === "new" ? "wx" : "r+", 0o600).catch(failed);
  let pieces: Uint8Array[] = [];
  let gathered = 0;
  let out = from === "new" ? 0 : (await file.stat()).size;
  let closed = false;
  const flush = async () => {
    const going = pieces;
    let left = gathered;
    pieces = [];
    gathered = 0;
    if (left === 0) return;
    const { bytesWritten } = await file.writev(going, out).catch(failed);
    out += bytesWritten;
    left -= bytesWritten;
    // A disk that is nearly full takes a part; the next write then says so.
    if (left === 0) return;
    const rest = Buffer.concat(going).subarray(bytesWritten);
    while (left > 0) {
      const written = await file.write(rest, rest.length - left, left, out).catch(failed);
      out += written.bytesWritten;
      left -= written.bytesWritten;
    }
  };
  const close = async () => {
    if (closed) return;
    closed = true;
    await file.close();
  };
  return {
    get position() {
      return out + gathered;
    },
    async write(bytes) {
      if (bytes.length === 0) return;
      pieces.push(bytes);
      gathered += bytes.length;
      if (gathered >= most.bytes || pieces.length >= most.pieces) await flush();
    },
    async patch(at, text) {
      await flush();
      await file.write(text, at, "latin1").catch(failed);
    },
    async finish() {
      await flush();
      await close();
    },
    abandon: close,
  };
}

/** Whether the system says that there is no room left: disk, quota, or a limit of file sizes. */
export function isFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG";
}
