import { type FileHandle, open } from "node:fs/promises";
import type { Bytes } from "../../../shared/model/units.ts";
import { LabFailure } from "../trial.ts";

/** A file in the making: what is written is gathered and goes out in large pieces. */
export type FileSink = {
  /** How much was written so far. */
  readonly position: Bytes;
  write(bytes: Uint8Array): Promise<void>;
  /** Writes latin1 text over what was written at `at`; to be called after the last `write`, or long after that place. */
  patch(at: Bytes, text: string): Promise<void>;
  /** Writes out what is gathered, and closes. */
  finish(): Promise<void>;
  /** Closes without it; nothing where it is closed. */
  abandon(): Promise<void>;
};

const gathered = 1 << 20;

/**
 * Opens `path` for this user alone. `from` "new": it must not be there; "end": what is there stays, and is written after.
 * A full disk is a LabFailure "no-room".
 */
export async function fileSink(path: string, from: "new" | "end"): Promise<FileSink> {
  const failed = (error: unknown): never => {
    throw isFull(error) ? new LabFailure({ code: "no-room", where: path, cause: String(error) }) : error;
  };
  const file: FileHandle = await open(path, from === "new" ? "wx" : "r+", 0o600).catch(failed);
  const buffer = Buffer.allocUnsafeSlow(gathered);
  let filled = 0;
  let out = from === "new" ? 0 : (await file.stat()).size;
  let closed = false;
  const writeAll = async (bytes: Uint8Array) => {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, out).catch(failed);
      done += bytesWritten;
      out += bytesWritten;
    }
  };
  const flush = async () => {
    const bytes = buffer.subarray(0, filled);
    filled = 0;
    await writeAll(bytes);
  };
  const close = async () => {
    if (closed) return;
    closed = true;
    await file.close();
  };
  return {
    get position() {
      return out + filled;
    },
    async write(bytes) {
      for (let done = 0; done < bytes.length; ) {
        const piece = bytes.subarray(done, done + gathered - filled);
        buffer.set(piece, filled);
        filled += piece.length;
        done += piece.length;
        if (filled === gathered) await flush();
      }
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
