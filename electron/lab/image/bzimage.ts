// A kernel as distributions install it, https://docs.kernel.org/arch/x86/boot.html#details-of-header-fields
//   0x1f1 setup sectors (0: 4) · 0x1fe 0xaa55 · 0x202 "HdrS" · 0x206 version (payload from 2.08 on) · 0x20e where the release
//   stands, less 0x200 · 0x248 payload's offset in the protected-mode code · 0x24c its length, with 4 bytes of the unpacked size

export type BzImage = {
  /** 6.1.0-56-cloud-amd64; null: not told. */
  readonly release: string | null;
  /** The packed kernel; null: a version without it, or it lies outside the file. */
  readonly payload: {
    readonly at: number;
    readonly size: number;
    readonly unpacked: number;
    readonly packing: Packing | null;
  } | null;
};

export type Packing = "lz4" | "gzip" | "xz" | "zstd";

const packings: readonly (readonly [Packing, string])[] = [
  ["lz4", "02214c18"],
  ["gzip", "1f8b"],
  ["xz", "fd377a58"],
  ["zstd", "28b52ffd"],
];

/** Reads a whole file; null: it is no bzImage. */
export function parseBzImage(bytes: Buffer): BzImage | null {
  if (bytes.length < 0x268 || bytes.readUInt16LE(0x1fe) !== 0xaa55) return null;
  if (bytes.toString("latin1", 0x202, 0x206) !== "HdrS") return null;
  const named = bytes.readUInt16LE(0x20e) + 0x200;
  const text = bytes.toString("latin1", named, Math.min(named + 128, bytes.length));
  const release = /^[\w.+~-]+/.exec(text)?.[0] ?? null;
  const at = ((bytes[0x1f1] || 4) + 1) * 512 + bytes.readUInt32LE(0x248);
  const length = bytes.readUInt32LE(0x24c);
  if (bytes.readUInt16LE(0x206) < 0x0208 || length < 8 || at + length > bytes.length)
    return { release, payload: null };
  const start = bytes.toString("hex", at, at + 4);
  const packing = packings.find(([, magic]) => start.startsWith(magic))?.[0] ?? null;
  const unpacked = bytes.readUInt32LE(at + length - 4);
  return { release, payload: { at, size: length - 4, unpacked, packing } };
}
