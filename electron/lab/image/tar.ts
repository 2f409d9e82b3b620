import { type ByteReader, byteReader } from "./byte-reader.ts";
import { type Pax, parsePax } from "./pax.ts";
import { BadArchive, blockSize, parseTarHeader, type TarHeader } from "./tar-header.ts";

/** One entry with all that headers before it said of it. */
export type TarEntry = TarHeader & {
  readonly attributes: boolean;
  /** Its content, `size` bytes in pieces of the stream's own chunks. What is left unread is skipped. */
  body(): AsyncIterable<Buffer>;
};

/** A long name or PAX header that exceeds this is no name: Linux ends at 4 KiB, and Go's tar refuses 1 MiB too. */
const longestHeader = 1 << 20;
/** Headers that may stand before one entry: of each kind one, and some room. */
const mostHeaders = 8;

/** Types that have no content, whatever their size field says. */
const bodiless = "123456";

/**
 * The entries of a tar stream, in their order: ustar, GNU long names, PAX. Never more than one header and one chunk in
 * memory. Throws a BadArchive for what is no archive, or is cut short; what the source throws comes through as it is.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry, void, undefined> {
  const bytes = byteReader(source);
  let common: Pax = {};
  try {
    for (;;) {
      const found = await nextEntry(bytes, common);
      if (found === null) return;
      common = found.common;
      const { entry } = found;
      let left = entry.size;
      const body = async function* () {
        while (left > 0) {
          const piece = await bytes.some(left);
          if (piece === null) throw cutShort();
          left -= piece.length;
          yield piece;
        }
      };
      yield { ...entry, body };
      await skip(bytes, left + padding(entry.size));
    }
  } finally {
    await bytes.close();
  }
}

const cutShort = () => new BadArchive("it is cut short");
const padding = (size: number) => (blockSize - (size % blockSize)) % blockSize;

async function skip(bytes: ByteReader, length: number): Promise<void> {
  for (let left = length; left > 0; ) {
    const piece = await bytes.some(left);
    if (piece === null) throw cutShort();
    left -= piece.length;
  }
}

/** The next entry with what the headers before it say; null at the archive's end. */
async function nextEntry(
  bytes: ByteReader,
  before: Pax,
): Promise<{ entry: Omit<TarEntry, "body">; common: Pax } | null> {
  let common = before;
  let own: Pax = {};
  for (let headers = 0; headers <= mostHeaders; headers++) {
    const block = await bytes.take(blockSize);
    if (block === null) throw cutShort();
    const header = parseTarHeader(block, 0);
    if (header === null) return null;
    if (header.type === "S") throw new BadArchive("a sparse file, which no engine exports");
    if (!"LKxg".includes(header.type)) return { entry: merged(header, { ...common, ...own }), common };
    if (header.size > longestHeader) throw new BadArchive("a header that does not end");
    const body = await bytes.take(header.size);
    if (body === null) throw cutShort();
    if (header.type === "L") own = { ...own, path: untilNul(body) };
    else if (header.type === "K") own = { ...own, link: untilNul(body) };
    else if (header.type === "x") own = { ...own, ...parsePax(body) };
    else common = { ...common, ...parsePax(body) };
    await skip(bytes, padding(header.size));
  }
  throw new BadArchive("headers without an entry");
}

function untilNul(body: Buffer): string {
  const end = body.indexOf(0);
  return body.toString("latin1", 0, end < 0 ? body.length : end);
}

function merged(header: TarHeader, pax: Pax): Omit<TarEntry, "body"> {
  return {
    ...header,
    name: pax.path ?? header.name,
    link: pax.link ?? header.link,
    size: bodiless.includes(header.type) ? 0 : (pax.size ?? header.size),
    mtime: pax.mtime ?? header.mtime,
    uid: pax.uid ?? header.uid,
    gid: pax.gid ?? header.gid,
    attributes: pax.attributes ?? false,
  };
}
