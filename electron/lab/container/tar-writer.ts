/** A file of an archive that we write ourselves; `link`: a symbolic link to there. */
export type TarEntry = { readonly path: string; readonly mode: number } & (
  | { readonly bytes: Uint8Array }
  | { readonly link: string }
  | { readonly directory: true }
);

const block = 512;

/**
 * A ustar archive of a few small files, all of root's and of the year 1970, so that the same files are the same bytes.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html ("ustar Interchange Format"); paths of up to 100 bytes.
 */
export function writeTar(entries: readonly TarEntry[]): Buffer {
  const parts = entries.flatMap((entry) => {
    const bytes = "bytes" in entry ? entry.bytes : new Uint8Array();
    return [header(entry, bytes.length), bytes, Buffer.alloc((block - (bytes.length % block)) % block)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

function header(entry: TarEntry, size: number): Buffer {
  const head = Buffer.alloc(block);
  const octal = (value: number, at: number, width: number) =>
    head.write(`${value.toString(8).padStart(width - 1, "0")}\0`, at, "latin1");
  if (head.write(entry.path, 0, 101) > 100) throw new Error(`too long for a ustar header: ${entry.path}`);
  octal(entry.mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  head.write("bytes" in entry ? "0" : "link" in entry ? "2" : "5", 156, "latin1");
  if ("link" in entry) head.write(entry.link, 157, 100);
  head.write("ustar\u000000", 257, "latin1");
  // The sum is taken with spaces in its own place.
  head.fill(0x20, 148, 156);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return head;
}
