import { closeSync, openSync, readSync } from "node:fs";
import { LabFailure } from "../trial.ts";

export type DiskImage = {
  readonly format: "raw" | "qcow2";
  /** It is a difference to another file, which QEMU opens by its path. */
  readonly backed: boolean;
};

/** Beginnings of images that are neither raw nor qcow2, and what they are called. */
const others: readonly (readonly [string, string])[] = [
  ["KDMV", "vmdk"],
  ["COWD", "vmdk"],
  ["# Disk DescriptorFile", "vmdk"],
  ["vhdxfile", "vhdx"],
  ["conectix", "vhd"],
  ["<<< ", "vdi"],
  ["QED\0", "qed"],
];

/**
 * What a disk image is, by how it begins. qcow2: "QFI\xfb", version, then the offset of the backing file's name (0: none),
 * https://www.qemu.org/docs/master/interop/qcow2.html. Anything that is no other format is raw. The name of the other format
 * where it is one.
 */
export function parseDiskImage(head: Buffer): DiskImage | string {
  const text = head.toString("latin1");
  const other = others.find(([start]) => text.startsWith(start));
  if (other) return other[1];
  if (!text.startsWith("QFI\u00fb")) return { format: "raw", backed: false };
  return { format: "qcow2", backed: head.length < 16 || head.readBigUInt64BE(8) !== 0n };
}

/** Throws a LabFailure where it can't be read, or QEMU's safest two formats are not its own. */
export function readDiskImage(path: string): DiskImage {
  const head = Buffer.alloc(512);
  let length = 0;
  try {
    const file = openSync(path, "r");
    try {
      length = readSync(file, head, 0, head.length, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new LabFailure({ code: "failed-to-start", where: path, cause: (error as Error).message });
  }
  const image = parseDiskImage(head.subarray(0, length));
  if (typeof image === "string") throw new LabFailure({ code: "failed-to-start", where: path, cause: image });
  return image;
}
