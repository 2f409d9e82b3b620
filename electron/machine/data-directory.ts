import { closeSync, constants, lstatSync, mkdirSync, openSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import envPaths from "env-paths";

/** Where Tare keeps its files, without making it or looking at it: `given`, else the system's own place. */
export const dataPath = (given: string | null): string =>
  resolve(given ?? envPaths("tare", { suffix: "" }).data);

/** Where the changes that Tare made are noted (changes/journal.ts): it tells whether there were any. */
export const journalPath = (given: string | null): string => join(dataPath(given), "changes.jsonl");

/**
 * Where Tare keeps its files: `given`, else the system's own place ($XDG_DATA_HOME/tare, ~/Library/Application Support/tare,
 * %LOCALAPPDATA%\tare\Data). Made if it is missing, for this user alone (0700); the mode of one that was there is left alone.
 * Throws, with the system's code and the path, where it can't be made or written, is a link, or belongs to somebody else.
 */
export function dataDirectory(given: string | null): string {
  const path = dataPath(given);
  make(path);
  const stat = lstatSync(path);
  if (!stat.isDirectory()) throw unusable("ENOTDIR", path);
  if (process.getuid && stat.uid !== process.getuid()) throw unusable("EACCES", path);
  const probe = join(path, `.probe-${process.pid}`);
  rmSync(probe, { force: true });
  closeSync(openSync(probe, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
  rmSync(probe);
  return path;
}

/** Step by step: Node's own recursive form never ends under /proc, where a folder can't be made and its parent is there. */
function make(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })) return;
  make(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

const unusable = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code, path });
