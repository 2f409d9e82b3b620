import type { Bytes } from "../../../shared/model/units.ts";

// A newc archive, which the kernel unpacks as its first root,
// https://docs.kernel.org/driver-api/early-userspace/buffer-format.html
//   "070701", 13 numbers of 8 hexadecimal digits: inode, mode, uid, gid, nlink, mtime, size, device (2), rdev (2), length
//   of the name with its NUL, checksum 0; the name; zeros to a multiple of 4; the content; zeros to a multiple of 4
// The last record is named TRAILER!!!. Archives may follow each other, each from a multiple of 4 on.

/** Kinds of files, as in a mode's upper bits. */
export const fileKind = {
  fifo: 0o010000,
  character: 0o020000,
  directory: 0o040000,
  block: 0o060000,
  file: 0o100000,
  link: 0o120000,
} as const;

/** A record's head. `mode` has the kind in it, names are latin1: a byte a character. */
export type CpioRecord = {
  readonly name: string;
  readonly inode: number;
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
  /** The kernel looks for other names of this inode from 2 on. */
  readonly links?: number;
  /** Seconds since the epoch, 0 to 2^32 - 1. */
  readonly mtime?: number;
  readonly size?: Bytes;
  readonly major?: number;
  readonly minor?: number;
};

/** Where in a record its number of links stands, so that it can be corrected when a second name comes. */
export const linksAt = 38;
export const linksOf = (links: number): string => hex(links);

/** The kernel leaves out a record with a longer name or link target, its NUL counted, without a word. */
export const longestPath = 4_096;
/** What the size field can tell. */
export const largestFile: Bytes = 0xffff_ffff;

const zeros = Buffer.alloc(512);

/** A record up to its content. */
export function recordHead(record: CpioRecord): Buffer {
  // The kernel takes this name for the archive's end wherever it stands, and does not mind the dot.
  const name = record.name === trailer ? `./${trailer}` : record.name;
  return headOf({ ...record, name });
}

/** Zeros that fill up what has this length to a multiple of 4. */
export const fill = (length: Bytes): Buffer => zeros.subarray(0, (4 - (length % 4)) % 4);

/** The record that ends an archive of this length, filled up to a multiple of 512. */
export function archiveEnd(length: Bytes): Buffer {
  const head = headOf({ name: trailer, inode: 0, mode: 0, links: 1 });
  const rest = (512 - ((length + head.length) % 512)) % 512;
  return Buffer.concat([head, zeros.subarray(0, rest)]);
}

const trailer = "TRAILER!!!";

const hex = (number: number) => number.toString(16).padStart(8, "0");

function headOf(record: CpioRecord): Buffer {
  const { inode, mode, uid = 0, gid = 0, links = 1, mtime = 0, size = 0, major = 0, minor = 0 } = record;
  const numbers = [inode, mode, uid, gid, links, mtime, size, 0, 0, major, minor, record.name.length + 1, 0];
  let text = "070701";
  for (const number of numbers) text += hex(number);
  const length = text.length + record.name.length + 1;
  const bytes = Buffer.alloc(length + ((4 - (length % 4)) % 4));
  bytes.write(`${text}${record.name}`, "latin1");
  return bytes;
}
