import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";

/** Writes a newc archive, the form that a kernel unpacks as its first file system. Synchronous: it is a test's tool. */
export type Archive = {
  folder(path: string): void;
  file(path: string, mode: number, content: string | Uint8Array): void;
  /** A file of this machine, copied in pieces. */
  copy(path: string, from: string): void;
  link(path: string, to: string): void;
  device(path: string, major: number, minor: number): void;
  end(): void;
};

const types = { folder: 0o040000, file: 0o100000, link: 0o120000, device: 0o020000 } as const;

/**
 * `firstInode`: segments are simply put one after another, but their inode numbers may not meet.
 * https://docs.kernel.org/driver-api/early-userspace/buffer-format.html
 */
export function archive(path: string, flags: "wx" | "a", firstInode: number): Archive {
  const descriptor = openSync(path, flags, 0o600);
  const folders = new Set<string>();
  let inode = firstInode;
  let length = 0;

  const write = (bytes: Uint8Array) => {
    writeSync(descriptor, bytes);
    length += bytes.length;
  };
  const pad = (to = 4) => write(new Uint8Array((to - (length % to)) % to));
  const head = (name: string, mode: number, size: number, major = 0, minor = 0) => {
    const named = Buffer.from(`${name}\0`);
    const fields = [inode++, mode, 0, 0, 1, 0, size, 0, 0, major, minor, named.length, 0];
    write(Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`));
    write(named);
    pad();
  };
  const folder = (name: string) => {
    if (name === "" || name === "." || folders.has(name)) return;
    folders.add(name);
    if (name.includes("/")) folder(name.slice(0, name.lastIndexOf("/")));
    head(name, types.folder | 0o755, 0);
  };
  const inFolder = (name: string) => {
    const plain = name.replace(/^\/+/, "");
    if (plain.includes("/")) folder(plain.slice(0, plain.lastIndexOf("/")));
    return plain;
  };
  const data = (name: string, mode: number, bytes: Uint8Array) => {
    head(inFolder(name), mode, bytes.length);
    write(bytes);
    pad();
  };

  return {
    folder: (name) => folder(inFolder(`${name}/`).replace(/\/$/, "")),
    file: (name, mode, content) => data(name, types.file | mode, Buffer.from(content)),
    copy(name, from) {
      const source = openSync(from, "r");
      try {
        const { size, mode } = fstatSync(source);
        head(inFolder(name), types.file | (mode & 0o777), size);
        const piece = Buffer.alloc(1 << 20);
        for (let left = size; left > 0; ) {
          const got = readSync(source, piece, 0, Math.min(left, piece.length), null);
          if (got === 0) throw new Error(`${from} became shorter while it was copied`);
          write(piece.subarray(0, got));
          left -= got;
        }
        pad();
      } finally {
        closeSync(source);
      }
    },
    link: (name, to) => data(name, types.link | 0o777, Buffer.from(to)),
    device: (name, major, minor) => head(inFolder(name), types.device | 0o600, 0, major, minor),
    end() {
      head("TRAILER!!!", 0, 0);
      pad(512);
      closeSync(descriptor);
    },
  };
}
