import { blockSize } from "../../../../../electron/lab/image/tar-header.ts";

/** One entry of a tar that a test makes; texts are latin1. */
export type Made = {
  readonly name?: string;
  readonly type?: string;
  readonly body?: Buffer | string;
  readonly link?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtime?: number;
  readonly major?: number;
  readonly minor?: number;
  readonly prefix?: string;
  /** Another size than the body's. */
  readonly size?: number;
  readonly spoil?: (header: Buffer) => void;
  /** Changes the block after its checksum was made. */
  readonly break?: (header: Buffer) => void;
};

const octal = (number: number, length: number) => `${number.toString(8).padStart(length - 1, "0")}\0`;

/** One header with its content, filled up to whole blocks. */
export function entry(made: Made): Buffer {
  const body =
    typeof made.body === "string" ? Buffer.from(made.body, "latin1") : (made.body ?? Buffer.alloc(0));
  const header = Buffer.alloc(blockSize);
  header.write(made.name ?? "file", 0, 100, "latin1");
  header.write(octal(made.mode ?? 0o644, 8), 100, "latin1");
  header.write(octal(made.uid ?? 0, 8), 108, "latin1");
  header.write(octal(made.gid ?? 0, 8), 116, "latin1");
  header.write(octal(made.size ?? body.length, 12), 124, "latin1");
  header.write(octal(made.mtime ?? 0, 12), 136, "latin1");
  header.write(made.type ?? "0", 156, "latin1");
  header.write(made.link ?? "", 157, 100, "latin1");
  header.write("ustar\x0000", 257, "latin1");
  header.write(octal(made.major ?? 0, 8), 329, "latin1");
  header.write(octal(made.minor ?? 0, 8), 337, "latin1");
  header.write(made.prefix ?? "", 345, 155, "latin1");
  made.spoil?.(header);
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  made.break?.(header);
  return Buffer.concat([header, body, Buffer.alloc((blockSize - (body.length % blockSize)) % blockSize)]);
}

/** Records of a PAX header, each with its own length before it. */
export function records(values: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(values).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    let length = rest.length + 1;
    while (`${length}${rest}`.length !== length) length++;
    return `${length}${rest}`;
  });
  return Buffer.from(lines.join(""), "latin1");
}

export const end = Buffer.alloc(2 * blockSize);
export const archive = (...made: readonly Made[]): Buffer => Buffer.concat([...made.map(entry), end]);

/** A stream of these bytes in pieces of this size. */
export async function* pieces(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export type Unpacked = {
  readonly name: string;
  readonly inode: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
  readonly mtime: number;
  readonly major: number;
  readonly minor: number;
  readonly content: string;
};

/** Reads newc archives that follow each other as the kernel does; throws where the kernel would call them broken. */
export function readCpio(bytes: Buffer): readonly Unpacked[] {
  const found: Unpacked[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] === 0) {
      at += 4;
      continue;
    }
    if (bytes.toString("latin1", at, at + 6) !== "070701") throw new Error(`no magic number at ${at}`);
    const field = (index: number) =>
      Number.parseInt(bytes.toString("latin1", at + 6 + 8 * index, at + 14 + 8 * index), 16);
    const [inode = 0, mode = 0, uid = 0, gid = 0, links = 0, mtime = 0, size = 0] = [0, 1, 2, 3, 4, 5, 6].map(
      field,
    );
    const name = bytes.toString("latin1", at + 110, at + 109 + field(11));
    const start = at + Math.ceil((110 + field(11)) / 4) * 4;
    if (start + size > bytes.length) throw new Error(`${name} is cut`);
    const [major, minor] = [field(9), field(10)] as const;
    const content = bytes.toString("latin1", start, start + size);
    at = start + Math.ceil(size / 4) * 4;
    if (name === "TRAILER!!!") continue;
    found.push({ name, inode, mode, uid, gid, links, mtime, major, minor, content });
  }
  return found;
}
