// One header of a tar archive, 512 bytes, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06
//   0 name 100 · 100 mode 8 · 108 uid 8 · 116 gid 8 · 124 size 12 · 136 mtime 12 · 148 checksum 8 · 156 type 1
//   157 link name 100 · 257 "ustar" · 329 major 8 · 337 minor 8 · 345 prefix 155
// Numbers are octal text, or base 256 where the first byte's top bit is set (GNU). Names are bytes, kept as latin1: a
// byte a character, so that any name of any image comes out as it went in.

/** What an archive is that is not what an archive should be. */
export class BadArchive extends Error {}

export const blockSize = 512;

export type TarHeader = {
  /** The type flag: "0" file, "1" hard link, "2" symbolic link, "3" character, "4" block, "5" directory, "6" fifo, … */
  readonly type: string;
  readonly name: string;
  readonly link: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Seconds since the epoch; before it in some archives. */
  readonly mtime: number;
  readonly major: number;
  readonly minor: number;
};

/** The header in the block at `at`; null: a block of zeros, the archive's end. Throws a BadArchive. */
export function parseTarHeader(bytes: Buffer, at: number): TarHeader | null {
  if (bytes[at] === 0 && sumOf(bytes, at, blockSize) === 0) return null;
  checkSum(bytes, at);
  const type = String.fromCharCode(bytes[at + 156] || 48);
  const posix = bytes.toString("latin1", at + 257, at + 263) === "ustar\0";
  const prefix = posix ? textAt(bytes, at + 345, 155) : "";
  const name = textAt(bytes, at, 100);
  const device = type === "3" || type === "4";
  return {
    type: type === "0" && name.endsWith("/") ? "5" : type,
    name: prefix === "" ? name : `${prefix}/${name}`,
    link: textAt(bytes, at + 157, 100),
    mode: unsigned(bytes, at + 100, 8) & 0o7777,
    uid: unsigned(bytes, at + 108, 8),
    gid: unsigned(bytes, at + 116, 8),
    size: unsigned(bytes, at + 124, 12),
    mtime: numberAt(bytes, at + 136, 12),
    major: device ? unsigned(bytes, at + 329, 8) : 0,
    minor: device ? unsigned(bytes, at + 337, 8) : 0,
  };
}

/** The sum of all bytes with its own field as spaces; some old programs sum signed bytes. */
function checkSum(bytes: Buffer, at: number): void {
  const told = unsigned(bytes, at + 148, 8);
  const sum = sumOf(bytes, at, 148) + 8 * 32 + sumOf(bytes, at + 156, 356);
  if (sum === told) return;
  let high = 0;
  for (let index = 0; index < blockSize; index++)
    if ((index < 148 || index >= 156) && (bytes[at + index] ?? 0) > 127) high++;
  // An empty field tells none: 0, which the sum of noise can be.
  if (told === 0 || sum - 256 * high !== told) throw new BadArchive("a header's checksum is wrong");
}

function sumOf(bytes: Buffer, at: number, length: number): number {
  let sum = 0;
  for (let index = at; index < at + length; index++) sum += bytes[index] ?? 0;
  return sum;
}

function textAt(bytes: Buffer, at: number, length: number): string {
  const end = bytes.indexOf(0, at);
  return bytes.toString("latin1", at, end < 0 || end > at + length ? at + length : end);
}

function unsigned(bytes: Buffer, at: number, length: number): number {
  const value = numberAt(bytes, at, length);
  if (value < 0) throw new BadArchive("a number is negative");
  return value;
}

function numberAt(bytes: Buffer, at: number, length: number): number {
  if (((bytes[at] ?? 0) & 0x80) !== 0) return base256(bytes, at, length);
  const text = textAt(bytes, at, length).trim();
  if (text === "") return 0;
  if (!/^[0-7]+$/.test(text)) throw new BadArchive("a number is none");
  return Number.parseInt(text, 8);
}

/** Two's complement, big endian, of which the first byte's top bit only says that it is one. */
function base256(bytes: Buffer, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  let value = BigInt(first & 0x40 ? first - 256 : first & 0x3f);
  for (let index = at + 1; index < at + length; index++) value = value * 256n + BigInt(bytes[index] ?? 0);
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new BadArchive("a number is absurd");
  return number;
}
