import { createHash } from "node:crypto";
import { constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { access, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bytes } from "../../../shared/model/units.ts";
import { LabFailure } from "../trial.ts";
import { parseBzImage } from "./bzimage.ts";
import { bootsByPvh, isElf } from "./elf.ts";
import { unpackKernel } from "./extract-kernel.ts";
import { isFull } from "./file-sink.ts";

/** A kernel that QEMU's -kernel takes. */
export type GuestKernel = {
  readonly path: string;
  /** The file that it was made from: what the user knows. */
  readonly from: string;
  readonly release: string | null;
  /** elf: unpacked, boots fastest; bzImage: the guest unpacks it itself. */
  readonly format: "elf" | "bzImage" | "Image";
};

export type KernelWish = {
  /** What the user chose; null: look for one. */
  readonly chosen: string | null;
  /** Tare's data directory. */
  readonly directory: string;
  readonly signal: AbortSignal;
  /** Where the system keeps its kernels; /boot. */
  readonly boot?: string;
};

const largest: Bytes = 512 << 20;
/** Kernels that were taken over the network or from an image (kernel-offer.ts). */
export const takenFolder = (directory: string): string => join(directory, "lab", "kernels");

/**
 * The kernel for guests, unpacked once and kept. Throws a LabFailure: no-kernel, kernel-unreadable (Ubuntu's are root's
 * alone), kernel-unusable, no-room.
 */
export async function bootableKernel(wish: KernelWish): Promise<GuestKernel> {
  const from = wish.chosen ?? (await findKernel(wish));
  const { bytes, identity } = await readKernel(from);
  wish.signal.throwIfAborted();
  if (isElf(bytes)) return elfKernel(from, bytes);
  const arm = bytes.length > 64 && bytes.toString("latin1", 0x38, 0x3c) === "ARM\x64";
  if (arm) return { path: from, from, release: releaseIn(bytes), format: "Image" };
  const image = parseBzImage(bytes);
  if (image === null) throw unusable(from, "neither a bzImage nor an ELF file");
  const { release } = image;
  const folder = takenFolder(wish.directory);
  const path = join(folder, `${identity}.elf`);
  if (!existsSync(path)) {
    const unpacked = await unpackKernel(bytes, image, wish.signal);
    if (unpacked === null) return { path: from, from, release, format: "bzImage" };
    await store(path, folder, unpacked);
  }
  return { path, from, release, format: "elf" };
}

/** The newest that can be read, of those that were taken and of the system's. */
async function findKernel({ directory, boot = "/boot" }: KernelWish): Promise<string> {
  const found = [...kernelsIn(boot, /^vmlinuz/), ...kernelsIn(takenFolder(directory), /^vmlinuz/)];
  let unreadable: string | null = null;
  for (const path of found)
    try {
      await access(path, constants.R_OK);
      return path;
    } catch {
      unreadable ??= path;
    }
  if (unreadable === null) throw new LabFailure({ code: "no-kernel", where: boot });
  throw new LabFailure({ code: "kernel-unreadable", where: unreadable });
}

function kernelsIn(folder: string, named: RegExp): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => named.test(name) && !/rescue|\.(part|old|sig)$/.test(name))
      .sort((one, other) => other.localeCompare(one, "en", { numeric: true }))
      .map((name) => join(folder, name));
  } catch {
    return []; // no such folder, or not ours to look into
  }
}

const unusable = (where: string, cause: string) => new LabFailure({ code: "kernel-unusable", where, cause });

/** The file's bytes, and a name for what is made of them: it changes when the file does. */
async function readKernel(path: string): Promise<{ bytes: Buffer; identity: string }> {
  try {
    // A pipe that nobody writes to would hang without O_NONBLOCK.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = await file.stat();
      if (!stat.isFile() || stat.size > largest || stat.size < 1_024)
        throw unusable(path, "no kernel's size");
      const identity = createHash("sha256").update(`${path}\0${stat.size}\0${stat.mtimeMs}`).digest("hex");
      return { bytes: await file.readFile(), identity: identity.slice(0, 32) };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof LabFailure) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const missing = code === "ENOENT" || code === "ENOTDIR";
    throw new LabFailure({
      code: missing ? "no-kernel" : "kernel-unreadable",
      where: path,
      cause: missing ? null : String(error),
    });
  }
}

function elfKernel(from: string, bytes: Buffer): GuestKernel {
  if (!bootsByPvh(bytes)) throw unusable(from, "an ELF file without an entry for QEMU (PVH)");
  return { path: from, from, release: releaseIn(bytes), format: "elf" };
}

const releaseIn = (bytes: Buffer): string | null => {
  const at = bytes.indexOf("Linux version ");
  return at < 0 ? null : (/^[\w.+~-]+/.exec(bytes.toString("latin1", at + 14, at + 142))?.[0] ?? null);
};

/** Kernels come and go with the system's updates: what was unpacked last is kept. */
function removeOld(folder: string): void {
  readdirSync(folder)
    .filter((name) => name.endsWith(".elf"))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => other.at - one.at)
    .slice(3)
    .forEach(({ path }) => void rmSync(path, { force: true }));
}

async function store(path: string, folder: string, bytes: Buffer): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await writeFile(part, bytes, { mode: 0o600 });
    renameSync(part, path);
    removeOld(folder);
  } catch (error) {
    if (isFull(error)) throw new LabFailure({ code: "no-room", where: path, cause: String(error) });
    throw error;
  } finally {
    rmSync(part, { force: true });
  }
}
