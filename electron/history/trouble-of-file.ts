import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Trouble } from "../../shared/model/trouble.ts";
import { troubleOf } from "../engines/trouble-of.ts";

/**
 * Why a file of ours can't be written. SQLite's own codes, https://sqlite.org/rescode.html: 13 full, 8 read-only; the
 * WebAssembly build says "disk I/O error" for a full disk too, so the disk is asked.
 */
export function troubleOfFile(error: unknown, path: string): Trouble {
  const { code, errcode, message } = error as NodeJS.ErrnoException & { readonly errcode?: unknown };
  // The system's own code says it all; SQLite's errors have none of these.
  if (/^E[A-Z]+$/.test(code ?? "")) return troubleOf(error, path);
  const cause = typeof message === "string" ? message : String(error);
  if (errcode === 13 || cause.includes("disk is full") || full(path))
    return { code: "full", where: dirname(path), cause };
  if (errcode === 8 || cause.includes("readonly database")) return { code: "denied", where: path, cause };
  return troubleOf(error, path);
}

/** Less room than one page of SQLite and its journal need. */
function full(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < 16_384;
  } catch {
    return false;
  }
}
