import { lstatSync, mkdirSync, type Stats } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";

/** `unsafe`: somebody else could have put it there, or could open it. */
export class PlaceUnsafe extends Error {
  readonly path: string;
  constructor(path: string) {
    super(path);
    this.path = path;
  }
}

export type ControlPlace = { readonly folder: string; readonly socket: string };

/** Linux takes 107 bytes for a socket's path, macOS 103; a longer one would be cut. */
const longest = 100;

/** Where a running Tare listens for its user's other terminals; null: this system has no such place. */
export function controlPlace(): ControlPlace | null {
  const user = process.getuid?.();
  if (user === undefined) return null;
  const { XDG_RUNTIME_DIR: session = "" } = process.env;
  const folder = isAbsolute(session) ? join(session, "tare") : join(tmpdir(), `tare-${user}`);
  const socket = join(folder, "ctl.sock");
  return Buffer.byteLength(socket) > longest ? null : { folder, socket };
}

/** Makes the folder for this user alone where it is missing. Throws PlaceUnsafe where it is not, and what the system says. */
export function ensureFolder({ folder }: ControlPlace): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  if (!isFolderOurs(folder)) throw new PlaceUnsafe(folder);
}

/** Whether a socket is there. Throws PlaceUnsafe where what is there, or its folder, is not this user's alone. Follows no link. */
export function isSocketThere({ folder, socket }: ControlPlace): boolean {
  if (!lstatSync(folder, { throwIfNoEntry: false })) return false;
  if (!isFolderOurs(folder)) throw new PlaceUnsafe(folder);
  const found = lstatSync(socket, { throwIfNoEntry: false });
  if (!found) return false;
  if (!found.isSocket() || !isOurs(found)) throw new PlaceUnsafe(socket);
  return true;
}

const isFolderOurs = (folder: string): boolean => {
  const found = lstatSync(folder);
  return found.isDirectory() && isOurs(found);
};

/** This user's, and nobody else may do anything with it. */
const isOurs = ({ uid, mode }: Stats): boolean => uid === process.getuid?.() && (mode & 0o077) === 0;
