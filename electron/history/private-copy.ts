import { closeSync, constants, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bounds, recordingFormat } from "../../shared/model/recording.ts";
import { RecordingRefused } from "./refused.ts";
import { applicationId } from "./schema.ts";

export type PrivateCopy = { readonly path: string; remove(): void };

/**
 * Copies a recording to a file of our own, after a look at its first 100 bytes: nobody can then change it under SQLite, two
 * Tares can play one file, and it may lie where we can't write or in a packed application. Throws a RecordingRefused.
 */
export function copyRecording(path: string): PrivateCopy {
  const source = open(path);
  const folder = mkdtempSync(join(tmpdir(), "tare-"));
  const copy = {
    path: join(folder, "recording"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  try {
    const journal = openJournal(`${path}-journal`);
    checkHeader(path, source, journal !== null);
    pour(source, copy.path);
    if (journal !== null) pour(journal, `${copy.path}-journal`);
    return copy;
  } catch (error) {
    copy.remove();
    throw error instanceof RecordingRefused
      ? error
      : new RecordingRefused("denied", path, messageOf(error), error);
  } finally {
    closeSync(source);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A pipe that nobody writes to would hang without O_NONBLOCK. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function open(path: string): number {
  try {
    return openSync(path, flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RecordingRefused(
      code === "ENOENT" || code === "ENOTDIR" ? "absent" : "denied",
      path,
      "",
      error,
    );
  }
}

/** What was not finished when its writer was killed: SQLite rolls it back, in the copy. Null: all was finished. */
function openJournal(path: string): number | null {
  try {
    const journal = openSync(path, flags);
    const stat = fstatSync(journal);
    if (stat.isFile() && stat.size > 0 && stat.size <= bounds.file) return journal;
    closeSync(journal);
  } catch {
    // There is none, as it should be.
  }
  return null;
}

/**
 * The header of a SQLite file, https://sqlite.org/fileformat2.html#the_database_header: 16 page size, 24 change counter,
 * 28 pages, 60 user version (our format), 68 application id, 92 the change counter that the page count is valid for.
 */
function checkHeader(path: string, source: number, unfinished: boolean): void {
  const stat = fstatSync(source);
  if (!stat.isFile()) throw new RecordingRefused("notFile", path);
  if (stat.size > bounds.file) throw new RecordingRefused("large", path);
  const header = Buffer.alloc(100);
  const length = readSync(source, header, 0, 100, 0);
  if (length === 0) throw new RecordingRefused("empty", path);
  if (length < 100 || header.toString("latin1", 0, 16) !== "SQLite format 3\0")
    throw new RecordingRefused("foreign", path);
  if (header.readUInt32BE(68) !== applicationId) throw new RecordingRefused("foreign", path);
  const format = header.readUInt32BE(60);
  if (format > recordingFormat) throw new RecordingRefused("newer", path, String(format));
  if (format < 1) throw new RecordingRefused("corrupt", path, "format 0");
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const size = pageSize * header.readUInt32BE(28);
  if (!unfinished && header.readUInt32BE(24) === header.readUInt32BE(92) && size > stat.size)
    throw new RecordingRefused("cut", path, `${stat.size}/${size}`);
}

/** Copies what `from` held at first sight, and never more than a recording may have; closes nothing but its own. */
function pour(from: number, path: string): void {
  const to = openSync(path, "wx", 0o600);
  const chunk = Buffer.allocUnsafe(1 << 20);
  try {
    for (let position = 0; position < bounds.file; ) {
      const got = readSync(from, chunk, 0, chunk.length, position);
      if (got === 0) return;
      for (let at = 0; at < got; ) at += writeSync(to, chunk, at, got - at);
      position += got;
    }
  } finally {
    closeSync(to);
  }
}
