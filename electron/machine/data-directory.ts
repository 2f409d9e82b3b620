import { chmodSync, closeSync, constants, lstatSync, mkdirSync, openSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import envPaths from "env-paths";

/**
 * Where Tare keeps its files: `given`, else the system's own place ($XDG_DATA_HOME/tare, ~/Library/Application Support/tare,
 * %LOCALAPPDATA%\tare\Data). Made if it is missing, for this user alone (0700). Throws, with the system's code and the path,
 * where it can't be made or written, is a link, or belongs to somebody else.
 */
export function dataDirectory(given: string | null): string {
  const path = resolve(given ?? envPaths("tare", { suffix: "" }).data);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const stat = lstatSync(path);
  if (!stat.isDirectory()) throw unusable("ENOTDIR", path);
  if (process.getuid && stat.uid !== process.getuid()) throw unusable("EACCES", path);
  if (process.platform !== "win32" && (stat.mode & 0o077) !== 0) chmodSync(path, 0o700);
  const probe = join(path, `.probe-${process.pid}`);
  rmSync(probe, { force: true });
  closeSync(openSync(probe, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
  rmSync(probe);
  return path;
}

const unusable = (code: string, path: string) => Object.assign(new Error(`${code}: ${path}`), { code, path });
