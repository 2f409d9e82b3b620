import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Bytes } from "../../../shared/model/units.ts";
import { LabFailure } from "../trial.ts";
import type { Workload } from "../workload.ts";
import { resolveUser } from "./accounts.ts";
import { fileSink } from "./file-sink.ts";
import { fstab, guestScript } from "./guest-script.ts";
import { type Lender, withExport } from "./image-file.ts";
import { type ImageFacts, type Lost, writeImage } from "./image-segment.ts";
import { type StoredImage, storedImage } from "./image-store.ts";
import { ownSegment } from "./own-segment.ts";

/*
 * The image as a guest's initramfs. For who boots it:
 *
 *   const helper = await guestHelper(…);                                                   // helper.ts
 *   const initramfs = await initramfsFor(workload, { docker, notes, helper, directory, signal });
 *   const kernel = await bootableKernel({ path: chosenOrNull, directory, signal });      // kernel.ts
 *   qemu -kernel kernel.path -initrd initramfs.path -append "… ${guestArguments}"
 *   for each line on ttyS0: parseSerialLine(line, initramfs.nonce)                        // markers.ts
 *   initramfs.remove() when no trial needs it any more: it serves any number of boots, also at once
 *
 * - It is made for workload.memory: a guest with less than initramfs.needed ends with 0 and says nothing.
 * - Markers in order: init, exec, ready (probes port, health and exit with 0), memory, exit. The probe `line` is yours: match
 *   `output` of the lines after `exec`, and write "\n" to the serial line when it matched: then `memory` comes.
 * - After ready (or exec with the probe `line`) each "\n" that is written to the serial line is answered by a `memory`.
 *   An echo of it comes back as an empty line.
 * - The workload is pid 1 of its own pid namespace; its output comes through a pipe, as a container's does. The kernel is
 *   quiet from `exec` on, but for a panic. When the workload ends: `exit N`, and the guest resets (-no-reboot: QEMU ends).
 */

/** What a guest's kernel must be told beside the console: what our init and the size of the root rely on. */
export const guestArguments = "rdinit=/.tare/init rootfstype=ramfs panic=-1 reboot=t";

/** A file that QEMU can boot a workload from, made for one race. */
export type Initramfs = {
  readonly path: string;
  /** In every marker of this guest. */
  readonly nonce: string;
  /** The image's part of the file: what the guest holds in memory as its copy of the image's files. */
  readonly imageBytes: Bytes;
  readonly bytes: Bytes;
  /** What the image's files take once they are unpacked, and the least memory that a guest must have. */
  readonly unpacked: Bytes;
  readonly needed: Bytes;
  readonly entries: number;
  readonly lost: Lost;
  /** Its image's part was made now; false: it was kept from before. */
  readonly cold: boolean;
  remove(): void;
};

/** The kernel's own part of a guest's memory, measured with rootfstype=ramfs and the 6.1 kernel of Debian's clouds. */
const kernelNeeds: Bytes = 110 * 1_000_000;

/**
 * The least memory of a guest that boots an initramfs: the archive itself, its unpacked copy, and 110 MB for the kernel.
 * 233 MB of files in as large an archive: 576 MB, which boots with 576 MiB and not with 512.
 */
export const memoryNeeded = (bytes: Bytes, unpacked: Bytes): Bytes => bytes + unpacked + kernelNeeds;

/** What making an initramfs needs beside the workload. */
export type InitramfsParts = Lender & {
  /** Path of a static busybox for the guest's processor (helper.ts). */
  readonly helper: string;
  /** Tare's data directory. */
  readonly directory: string;
};

/**
 * Makes what a guest boots a workload from; the image's part is kept for the next time. Throws a LabFailure: image-too-large for
 * the workload's memory, file-too-large, hostile-image, no-room, failed-to-start (a user that the image does not know), and
 * what Docker says; the signal's reason when it aborts. Nothing is left behind then.
 */
export async function initramfsFor(workload: Workload, parts: InitramfsParts): Promise<Initramfs> {
  const { helper, directory, signal } = parts;
  signal.throwIfAborted();
  const nonce = randomBytes(8).toString("hex");
  const { image, cold } = await storedImage(directory, workload.digest, nonce, (path) =>
    exportImage(workload, path, nonce, parts),
  );
  try {
    const { facts } = image;
    const account = resolveUser(workload.user, facts.passwd, facts.group);
    const script = guestScript(workload, account, nonce);
    const busybox = await readFile(helper);
    const own = ownSegment({ helper: busybox, script, fstab, hostname: nonce.slice(0, 12) }, facts.places);
    const bytes = facts.bytes + own.length;
    const needed = memoryNeeded(bytes, facts.unpacked + own.length);
    if (needed > workload.memory) throw tooLarge(workload, needed);
    await append(image, own);
    signal.throwIfAborted();
    return {
      path: image.path,
      nonce,
      imageBytes: facts.bytes,
      bytes,
      unpacked: facts.unpacked,
      needed,
      entries: facts.entries,
      lost: facts.lost,
      cold,
      remove: image.release,
    };
  } catch (error) {
    image.release();
    throw error;
  }
}

const tooLarge = (workload: Workload, needed: Bytes) =>
  new LabFailure({
    code: "image-too-large",
    where: workload.image,
    cause: `needs ${Math.ceil(needed / 2 ** 20)} MiB, the guest has ${Math.floor(workload.memory / 2 ** 20)} MiB`,
  });

async function append(image: StoredImage, own: Buffer): Promise<void> {
  const sink = await fileSink(image.path, "end");
  try {
    await sink.write(own);
    await sink.finish();
  } finally {
    await sink.abandon();
  }
}

async function exportImage(
  workload: Workload,
  path: string,
  nonce: string,
  lender: Lender,
): Promise<ImageFacts> {
  const { image, digest, memory } = workload;
  return withExport(digest, `tare-export-${nonce}`, lender, async (tar) => {
    const sink = await fileSink(path, "new");
    try {
      const facts = await writeImage(tar, sink, { image, room: memory - kernelNeeds });
      await sink.finish();
      return facts;
    } finally {
      await sink.abandon();
    }
  });
}
