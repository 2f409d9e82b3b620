import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bytes } from "../../../shared/model/units.ts";
import { LabFailure } from "../trial.ts";
import { download } from "./download.ts";
import { fileOfImage, type Lender } from "./image-file.ts";
import { takenFolder } from "./kernel.ts";
import { type KernelPin, kernelPins } from "./kernel-pins.ts";

/** What may be offered to a user who has no kernel for this processor: never taken without being asked for. */
export const kernelOffers = (
  machine: string,
  pins: readonly KernelPin[] = kernelPins,
): readonly KernelPin[] => pins.filter((pin) => pin.machine === machine);

/**
 * Takes a kernel that the user agreed to, and gives its path; bootableKernel finds it from then on. Throws a LabFailure: failed (the
 * server, the hash), no-room, and what Docker says; the signal's reason.
 */
export async function takeKernel(
  pin: KernelPin,
  directory: string,
  lender: Lender,
  progress: (done: Bytes) => void,
): Promise<string> {
  const folder = takenFolder(directory);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `vmlinuz-${pin.release}`);
  if (pin.from === "download") {
    await download(path, pin, { progress, signal: lender.signal });
    return path;
  }
  const name = `tare-kernel-${randomBytes(8).toString("hex")}`;
  const bytes = await fileOfImage(pin.image, [pin.path], pin.bytes, name, lender);
  const sum = bytes === null ? null : createHash("sha256").update(bytes).digest("hex");
  if (bytes === null || sum !== pin.sha256)
    throw new LabFailure({
      code: "failed",
      where: pin.image,
      cause: `${pin.path}: SHA-256 ${sum ?? "of nothing"}`,
    });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, bytes, { mode: 0o600 });
  renameSync(part, path);
  progress(bytes.length);
  return path;
}
