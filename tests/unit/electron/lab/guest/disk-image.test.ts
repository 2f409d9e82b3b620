import { expect, test } from "vitest";
import { parseDiskImage } from "../../../../../electron/lab/guest/disk-image.ts";

/** The head of a qcow2 file: magic, version 3, offset of the backing file's name. */
const qcow2 = (offset: number) =>
  Buffer.from([0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, offset, 0, 0, 0, 0]);

test.each([
  ["a boot sector", Buffer.from([0x31, 0xc0]), { format: "raw", backed: false }],
  ["an empty file", Buffer.alloc(0), { format: "raw", backed: false }],
  ["qcow2", qcow2(0), { format: "qcow2", backed: false }],
  ["qcow2 over another file", qcow2(0x70), { format: "qcow2", backed: true }],
  [
    "qcow2 that is cut: who knows what is behind it",
    qcow2(0).subarray(0, 9),
    { format: "qcow2", backed: true },
  ],
  ["vmdk", Buffer.from("KDMV\u0001"), "vmdk"],
  ["vmdk's text", Buffer.from("# Disk DescriptorFile\nversion=1"), "vmdk"],
  ["vhdx", Buffer.from("vhdxfileM"), "vhdx"],
  ["vdi", Buffer.from("<<< Oracle VM VirtualBox Disk Image >>>"), "vdi"],
])("%s", (_, head, expected) => {
  expect(parseDiskImage(head)).toEqual(expected);
});
