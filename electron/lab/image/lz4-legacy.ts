// LZ4 as Linux packs itself with it, https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md#legacy-frame: 0x184c2102, then blocks,
// each with its packed size before it and up to 8 MiB unpacked. A block is sequences of: a token (upper half: number of
// literals, lower half: length of the match less 4; 15: more bytes follow, while they are 255), literals, 2 bytes of the
// match's distance. The last one ends after its literals.

/** How much is unpacked between two pauses, for whoever else needs this thread. */
const stretch = 1 << 20;

/**
 * Unpacks `packed` into `size` bytes at most, pausing with each MiB. Gives what came out; null where it is damaged or more
 * than that would come.
 */
export function* unpackLz4(packed: Buffer, size: number): Generator<void, Buffer | null, void> {
  const out = Buffer.allocUnsafe(size);
  let to = 0;
  let pause = stretch;
  let at = 4;
  if (packed.length < 8 || packed.readUInt32LE(0) !== 0x184c2102) return null;
  while (at + 4 <= packed.length) {
    const length = packed.readUInt32LE(at);
    at += 4;
    if (length === 0x184c2102) continue;
    const end = at + length;
    if (end > packed.length) return null;
    while (at < end) {
      const token = packed[at++] ?? 0;
      let literals = token >> 4;
      if (literals === 15)
        for (let more = 255; more === 255; ) {
          if (at >= end) return null;
          more = packed[at++] ?? 0;
          literals += more;
        }
      if (at + literals > end || to + literals > size) return null;
      for (let left = literals; left > 0; left--) out[to++] = packed[at++] ?? 0;
      if (at === end) break;
      if (at + 2 > end) return null;
      const distance = (packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8);
      at += 2;
      let match = (token & 15) + 4;
      if (match === 19)
        for (let more = 255; more === 255; ) {
          if (at >= end) return null;
          more = packed[at++] ?? 0;
          match += more;
        }
      if (distance === 0 || distance > to || to + match > size) return null;
      for (let from = to - distance, left = match; left > 0; left--) out[to++] = out[from++] ?? 0;
      if (to < pause) continue;
      pause = to + stretch;
      yield;
    }
  }
  return out.subarray(0, to);
}
