import { closeSync, openSync, readSync } from "node:fs";
import { LabFailure } from "../trial.ts";

/**
 * Whether a file begins as a kernel does that QEMU can boot directly: an ELF file, or the header of x86's boot protocol
 * ("HdrS" at 0x202, https://docs.kernel.org/arch/x86/boot.html). QEMU takes any other file for a kernel of 1995, and runs it.
 */
export const isKernel = (head: Uint8Array): boolean => {
  const text = Buffer.from(head).toString("latin1");
  return text.startsWith("\u007fELF") || text.slice(0x202, 0x206) === "HdrS";
};

/** Throws a LabFailure where `path` can't be read, or is no kernel. */
export function checkKernel(path: string): void {
  const head = Buffer.alloc(1_024);
  try {
    const file = openSync(path, "r");
    try {
      readSync(file, head, 0, head.length, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const ours =
      code === "EACCES" || code === "EPERM"
        ? "kernel-unreadable"
        : code === "ENOENT"
          ? "no-kernel"
          : "kernel-unusable";
    throw new LabFailure({ code: ours, where: path, cause: message });
  }
  if (!isKernel(head)) throw new LabFailure({ code: "kernel-unusable", where: path });
}
