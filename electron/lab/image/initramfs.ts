import type { Bytes } from "../../../shared/model/units.ts";

/*
 * The image as a guest's initramfs. For who boots it:
 *
 *   const initramfs = await initramfsFor(workload, { docker, helper, directory, signal });
 *   const kernel = await bootableKernel({ path: chosenOrNull, directory, signal });      // kernel.ts
 *   qemu -kernel kernel.path -initrd initramfs.path -append "… ${guestArguments}"
 *   for each line on ttyS0: parseSerialLine(line, initramfs.nonce)                        // markers.ts
 *   initramfs.remove() when no trial needs it any more: it serves any number of boots, also at once
 *
 * - The guest must have memoryNeeded(initramfs.bytes) at least; with less QEMU ends with 0 and says nothing.
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
  readonly entries: number;
  readonly lost: Lost;
  /** Its image's part was made now; false: it was kept from before. */
  readonly cold: boolean;
  remove(): void;
};

/** What a newc archive can't hold, or what we don't let in: told, never silent. */
export type Lost = {
  /** Entries whose extended attributes (capabilities, ACLs) are gone. */
  readonly attributes: number;
  /** Entries under /.tare, which is ours in the guest, and of kinds that no file system has. */
  readonly entries: number;
  /** The first few of them, as they are named in the image. */
  readonly names: readonly string[];
};

/**
 * The least memory of a guest that boots an initramfs of this size: the file itself, its unpacked copy, and 110 MB for the
 * kernel. Measured with rootfstype=ramfs: 233 MB boot with 576 MiB and not with 512.
 */
export const memoryNeeded = (bytes: Bytes): Bytes => 2 * bytes + 110 * 1_000_000;
