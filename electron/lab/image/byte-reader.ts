/**
 * Takes exact numbers of bytes from a stream of chunks of any size. It holds one chunk, or as much as one `take` asks for:
 * whoever reads foreign lengths must bound them first.
 */
export type ByteReader = {
  /** The next `length` bytes; null where the stream ends before. */
  take(length: number): Promise<Buffer | null>;
  /** The next bytes, at most `most` of them, without a copy; null at the end. */
  some(most: number): Promise<Buffer | null>;
  /** Lets go of the source, whether it has ended or not. */
  close(): Promise<void>;
};

/** A reader over `source`, which it closes at `close`. */
export function byteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const chunks = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const next = async (): Promise<boolean> => {
    for (;;) {
      const { value, done } = await chunks.next();
      if (done) return false;
      if (value.length === 0) continue;
      held = Buffer.from(value.buffer, value.byteOffset, value.length);
      return true;
    }
  };
  const cut = (length: number): Buffer => {
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return taken;
  };
  return {
    async take(length) {
      if (held.length === 0 && length > 0 && !(await next())) return null;
      if (held.length >= length) return cut(length);
      const whole = Buffer.allocUnsafe(length);
      let filled = 0;
      for (;;) {
        filled += cut(length - filled).copy(whole, filled);
        if (filled === length) return whole;
        if (!(await next())) return null;
      }
    },
    async some(most) {
      if (held.length === 0 && !(await next())) return null;
      return cut(most);
    },
    async close() {
      held = Buffer.alloc(0);
      await chunks.return?.();
    },
  };
}
