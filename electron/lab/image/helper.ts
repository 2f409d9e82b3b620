import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LabDocker } from "../docker.ts";
import { LabFailure } from "../trial.ts";
import { parseElf } from "./elf.ts";
import { fileOfImage, type Lender } from "./image-file.ts";

/** Who can lend a busybox: this machine's packages, else an image that the user has. */
export type HelperWish = {
  /** The guest's processor, as Node names it. */
  readonly machine: string;
  /** Tare's data directory. */
  readonly directory: string;
  /** null: no Docker answers. */
  readonly lender: (Lender & { readonly docker: Pick<LabDocker, "image"> }) | null;
  /** Where the system's own would be. */
  readonly places?: readonly string[];
};

const usual = ["/bin/busybox", "/usr/bin/busybox", "/bin/busybox.static", "/usr/local/bin/busybox"];
/** Docker's own image of it: static, 1.5 MB. It is used where the user has it, and never pulled unasked. */
export const helperImage = "busybox:musl";
const largest = 16 << 20;

/**
 * Path of a static busybox for guests: it runs in a root that has no libraries, or another system's. Throws a LabFailure "no-helper".
 */
export async function guestHelper({
  machine,
  directory,
  lender,
  places = usual,
}: HelperWish): Promise<string> {
  for (const path of places) if (fits(await headOf(path), machine)) return path;
  const kept = join(directory, "lab", "helper", `busybox-${machine}`);
  if (fits(await headOf(kept), machine)) return kept;
  const missing = (cause: string | null) =>
    new LabFailure({ code: "no-helper", where: places[0] ?? "busybox", cause });
  if (lender === null) throw missing(null);
  try {
    await lender.docker.image(helperImage, lender.signal);
  } catch (error) {
    lender.signal.throwIfAborted();
    throw missing(error instanceof LabFailure && error.trouble.code === "no-image" ? null : String(error));
  }
  const name = `tare-helper-${randomBytes(8).toString("hex")}`;
  const bytes = await fileOfImage(helperImage, ["bin/busybox", "bin/["], largest, name, lender);
  if (!fits(bytes, machine)) throw missing(`${helperImage} is not for ${machine}`);
  mkdirSync(join(directory, "lab", "helper"), { recursive: true, mode: 0o700 });
  const part = `${kept}.${process.pid}.part`;
  try {
    await writeFile(part, bytes, { mode: 0o700 });
    renameSync(part, kept);
  } finally {
    if (existsSync(part)) rmSync(part);
  }
  return kept;
}

function fits(head: Buffer | null, machine: string): head is Buffer {
  const elf = head === null ? null : parseElf(head);
  return elf !== null && !elf.dynamic && elf.machine === machine;
}

/** As much of a file as tells what it is; null: not there, or not ours to read. */
async function headOf(path: string): Promise<Buffer | null> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return null;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4_096), 0, 4_096, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return null;
  } finally {
    await file.close();
  }
}
