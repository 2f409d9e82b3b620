// The head of an ELF file of 64 bits, little endian, https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
//   0 "\x7fELF" · 4 class (2: 64 bits) · 5 data (1: little endian) · 16 type · 18 machine · 32 program headers' offset
//   54 size of one · 56 how many.   Program header: 0 type · 8 offset · 32 size in the file

export type Elf = {
  /** As Node names processors; null: another. */
  readonly machine: string | null;
  /** It asks for an interpreter: it is linked with libraries that a foreign root does not have. */
  readonly dynamic: boolean;
  /** Where its notes lie in the file. */
  readonly notes: readonly { readonly at: number; readonly size: number }[];
};

const machines: ReadonlyMap<number, string> = new Map([
  [62, "x64"],
  [183, "arm64"],
  [243, "riscv64"],
]);
const segment = { interpreter: 3, note: 4 } as const;

export const isElf = (bytes: Buffer): boolean => bytes.length >= 4 && bytes.readUInt32BE(0) === 0x7f454c46;

/** Reads the head of a file, of which `bytes` are the first; null: no ELF, or one of another class. */
export function parseElf(bytes: Buffer): Elf | null {
  if (bytes.length < 64 || !isElf(bytes) || bytes[4] !== 2 || bytes[5] !== 1) return null;
  const from = Number(bytes.readBigUInt64LE(32));
  const each = bytes.readUInt16LE(54);
  const count = bytes.readUInt16LE(56);
  if (each < 56 || from + each * count > bytes.length) return null;
  const headers = Array.from({ length: count }, (_, index) => from + each * index).map((at) => ({
    type: bytes.readUInt32LE(at),
    at: Number(bytes.readBigUInt64LE(at + 8)),
    size: Number(bytes.readBigUInt64LE(at + 32)),
  }));
  return {
    machine: machines.get(bytes.readUInt16LE(18)) ?? null,
    dynamic: headers.some(({ type }) => type === segment.interpreter),
    notes: headers.filter(({ type }) => type === segment.note).map(({ at, size }) => ({ at, size })),
  };
}

/**
 * Whether these notes name an entry for PVH, by which QEMU boots an uncompressed kernel: owner "Xen", type 18,
 * https://www.qemu.org/docs/master/system/i386/microvm.html. A note: sizes of owner and content, type; both filled up to 4.
 */
function hasPvhEntry(notes: Buffer): boolean {
  for (let at = 0; at + 12 <= notes.length; ) {
    const owner = notes.readUInt32LE(at);
    const content = notes.readUInt32LE(at + 4);
    if (notes.readUInt32LE(at + 8) === 18 && notes.toString("latin1", at + 12, at + 16) === "Xen\0")
      return true;
    at += 12 + Math.ceil(owner / 4) * 4 + Math.ceil(content / 4) * 4;
  }
  return false;
}

/** Whether QEMU's -kernel takes this whole ELF file. */
export function bootsByPvh(bytes: Buffer): boolean {
  const notes = parseElf(bytes)?.notes ?? [];
  return notes.some(({ at, size }) => hasPvhEntry(bytes.subarray(at, at + size)));
}
