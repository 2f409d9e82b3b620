/** An ELF file of 64 bits with these program headers; a note's bytes lie behind them. */
export function elf({
  machine = 62,
  types = [1],
  note = Buffer.alloc(0),
}: {
  readonly machine?: number;
  readonly types?: readonly number[];
  readonly note?: Buffer;
}): Buffer {
  const head = Buffer.alloc(64 + 56 * types.length);
  head.write("\x7fELF\x02\x01\x01", 0, "latin1");
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(machine, 18);
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(types.length, 56);
  types.forEach((type, index) => {
    const at = 64 + 56 * index;
    head.writeUInt32LE(type, at);
    head.writeBigUInt64LE(BigInt(head.length), at + 8);
    head.writeBigUInt64LE(BigInt(note.length), at + 32);
  });
  return Buffer.concat([head, note]);
}

/** A note with an owner, a type and content. */
export function note(owner: string, type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(owner.length + 1, 0);
  head.writeUInt32LE(content.length, 4);
  head.writeUInt32LE(type, 8);
  const filled = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  return Buffer.concat([head, filled(Buffer.from(`${owner}\0`)), filled(content)]);
}

/** A kernel that QEMU would take, with its release in it. */
export const vmlinux = (release: string): Buffer =>
  Buffer.concat([
    elf({
      types: [1, 4],
      note: Buffer.concat([note("GNU", 3, Buffer.alloc(20)), note("Xen", 18, Buffer.alloc(8))]),
    }),
    Buffer.from(`Linux version ${release} (made)\0`),
    Buffer.alloc(2_000, "kernel "),
  ]);

/** A bzImage around this packed payload, as a distribution's. */
export function bzImage(payload: Buffer, unpacked: number, release = "6.1.0-made"): Buffer {
  const setup = Buffer.alloc(5 * 512);
  setup[0x1f1] = 4;
  setup.writeUInt16LE(0xaa55, 0x1fe);
  setup.write("HdrS", 0x202, "latin1");
  setup.writeUInt16LE(0x020f, 0x206);
  setup.writeUInt16LE(0x400, 0x20e);
  setup.write(`${release} (root@host) #1\0`, 0x600, "latin1");
  setup.writeUInt32LE(100, 0x248);
  setup.writeUInt32LE(payload.length + 4, 0x24c);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(unpacked);
  return Buffer.concat([setup, Buffer.alloc(100, 0x90), payload, size]);
}

/** Legacy LZ4 of literals alone, in blocks of this size. */
export function storedLz4(bytes: Buffer, block = 8 << 20): Buffer {
  const parts = [Buffer.from("02214c18", "hex")];
  for (let at = 0; at < bytes.length; at += block) {
    const literals = bytes.subarray(at, at + block);
    const more = literals.length - 15;
    const token =
      more < 0
        ? [literals.length << 4]
        : [0xf0, ...Array<number>(Math.floor(more / 255)).fill(255), more % 255];
    const packed = Buffer.concat([Buffer.from(token), literals]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(packed.length);
    parts.push(length, packed);
  }
  return Buffer.concat(parts);
}
