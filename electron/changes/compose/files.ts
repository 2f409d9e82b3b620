import { realpathSync, type Stats } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type { Setting } from "../../../shared/mends/setting.ts";
import type { DiffLine } from "../../../shared/model/change.ts";
import { readWhole, writeWhole } from "../../machine/write-whole.ts";
import { ChangeFailure } from "../failure.ts";
import { hash } from "../hash.ts";
import { difference, type Edit, edited, reversed } from "./edit.ts";
import { hasLimit, patchCompose } from "./patch.ts";
import { FileUnfit } from "./unclear.ts";

/** What the labels of a container tell of the file that it was made from; foreign text. */
export type ComposeLabels = {
  readonly files: string;
  readonly folder: string;
  readonly service: string;
};

/** What is written into a file, and leads back from there. */
export type FileEdits = {
  readonly path: string;
  /** Of the text before and after: only the one is written over, and only the other is undone. */
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
};

/** The same with what it looks like. */
export type FileChange = FileEdits & { readonly diff: readonly DiffLine[] };

/** No compose file that people write is as long. */
const mostBytes = 1 << 20;

/**
 * The change of the compose file that a container was made from. Of several files the last that sets the limit counts, as for
 * compose itself; a new limit goes into the one file that has the service. Throws a ChangeFailure where it can't be written
 * safely; nothing is changed here.
 */
export function fileChange(labels: ComposeLabels, setting: Setting): FileChange {
  const { service } = labels;
  const files = pathsOf(labels).map((path) => ({ path, text: readText(path).text }));
  const setBy = files.filter(({ path, text }) => told(path, () => hasLimit(text, service, setting)) === true);
  const having = files.filter(
    ({ path, text }) => told(path, () => hasLimit(text, service, setting)) !== null,
  );
  const chosen = setBy.at(-1) ?? (having.length === 1 ? having[0] : undefined);
  if (chosen === undefined) {
    const where = files.map(({ path }) => path).join(", ");
    throw new ChangeFailure("file-unclear", where, having.length === 0 ? service : null);
  }
  const { path, text } = chosen;
  const patch = told(path, () => patchCompose(text, service, setting));
  if (patch === null) throw new ChangeFailure("file-unclear", path, service);
  writable(path);
  return {
    path,
    diff: difference(text, patch.text),
    before: hash(text),
    after: hash(patch.text),
    edits: patch.edits,
  };
}

/** Whose text it now is: "before" or "after" the change, or neither's. Throws a ChangeFailure where it can't be read. */
export function stateOf({ path, before, after }: FileEdits): "before" | "after" | "other" {
  const now = hash(readText(path).text);
  return now === before ? "before" : now === after ? "after" : "other";
}

/** Writes the change, or with `back` takes it back, byte for byte. Throws a ChangeFailure; then nothing was written. */
export function writeChange({ path, before, after, edits }: FileEdits, back: boolean): void {
  const { text, stat } = readText(path);
  const [from, to] = back ? [after, before] : [before, after];
  const next = hash(text) === from ? edited(text, back ? reversed(edits) : edits) : null;
  if (next === null || hash(next) !== to) throw new ChangeFailure("file-changed", path, null);
  writable(path);
  try {
    writeWhole(path, next, stat);
  } catch (error) {
    throw systemFailure(error, path);
  }
}

function pathsOf({ files, folder }: ComposeLabels): readonly string[] {
  const paths = files
    .split(",")
    .map((file) => file.trim())
    .filter((file) => file !== "")
    .map((file) => (isAbsolute(folder) ? resolve(folder, file) : file))
    .filter(isAbsolute);
  if (paths.length === 0 || paths.length > 16)
    throw new ChangeFailure("file-gone", files.slice(0, 512), null);
  return paths.map((path) => {
    try {
      // A link is followed once, here: what it leads to is what is shown, read and written.
      return realpathSync(path);
    } catch (error) {
      throw systemFailure(error, path);
    }
  });
}

function readText(path: string): { readonly text: string; readonly stat: Stats } {
  try {
    const { bytes, stat } = readWhole(path, mostBytes);
    const text = bytes.toString("utf8");
    // What is no UTF-8 would not come back as it was.
    if (!Buffer.from(text, "utf8").equals(bytes)) throw new ChangeFailure("file-not-yaml", path, "UTF-8");
    return { text, stat };
  } catch (error) {
    throw systemFailure(error, path);
  }
}

/** Root may write anything; who took the right to write away from everybody meant it. */
function writable(path: string): void {
  const { stat } = readText(path);
  if ((stat.mode & 0o222) === 0) throw new ChangeFailure("file-read-only", path, null);
  // Another name of the same file would keep the old text.
  if (stat.nlink > 1) throw new ChangeFailure("file-unclear", path, `${stat.nlink} hard links`);
}

function told<Result>(path: string, look: () => Result): Result {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof FileUnfit)) throw error;
    const where = error.line === null ? path : `${path}:${error.line}`;
    throw new ChangeFailure(error.code, where, error.message === "" ? null : error.message);
  }
}

const readOnly: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS"]);
const gone: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP", "EISDIR"]);

function systemFailure(error: unknown, path: string): ChangeFailure {
  if (error instanceof ChangeFailure) return error;
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (gone.has(code)) return new ChangeFailure("file-gone", path, code);
  if (readOnly.has(code)) return new ChangeFailure("file-read-only", path, code);
  if (code === "EFBIG") return new ChangeFailure("file-not-yaml", path, `> ${mostBytes} B`);
  return new ChangeFailure("failed", path, message);
}
