import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { syncFolder } from "./write-whole.ts";

/**
 * Appends lines to a file for this user alone (0600), made where it is missing; a link in its place is refused (ELOOP). Two Tares
 * may append at once. The first line begins on a line of its own, also behind one that a kill has cut. `head`: what a file that
 * is empty begins with. `durable`: all of it, and the folder of a new file, is on the disk when this returns. Throws what the
 * system says.
 */
export function appendLines(
  path: string,
  lines: readonly string[],
  { head = [], durable }: { readonly head?: readonly string[]; readonly durable: boolean },
): void {
  const isNew = !existsSync(path);
  // Without O_NONBLOCK a pipe in its place would be waited for.
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = openSync(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  try {
    const { size } = fstatSync(file);
    const all = size === 0 ? [...head, ...lines] : lines;
    writeFileSync(file, `${endsWhole(file, size) ? "" : "\n"}${all.join("\n")}\n`);
    if (durable) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  if (isNew && durable) syncFolder(dirname(path));
}

function endsWhole(file: number, size: number): boolean {
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last[0] === 0x0a);
}
