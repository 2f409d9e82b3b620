import { archiveEnd, type CpioRecord, fileKind, fill, recordHead } from "./cpio.ts";
import { type ImageFacts, mostEntries } from "./image-segment.ts";

/** What we bring into the guest beside the image. */
export type Own = {
  /** The static busybox. */
  readonly helper: Buffer;
  readonly script: string;
  readonly fstab: string;
  readonly hostname: string;
};

/** Devices of a container, https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#default-devices */
const devices = [
  ["console", 0o600, 5, 1],
  ["null", 0o666, 1, 3],
  ["zero", 0o666, 1, 5],
  ["full", 0o666, 1, 7],
  ["random", 0o666, 1, 8],
  ["urandom", 0o666, 1, 9],
  ["tty", 0o666, 5, 0],
] as const;
const links = [
  ["ptmx", "pts/ptmx"],
  ["fd", "/proc/self/fd"],
  ["stdin", "/proc/self/fd/0"],
  ["stdout", "/proc/self/fd/1"],
  ["stderr", "/proc/self/fd/2"],
] as const;

/**
 * The small archive that follows the image's. The kernel unpacks it over it: a record replaces what is there of another
 * kind, as the empty file that an export has at /dev/console, where the kernel must find a device to print on.
 */
export function ownSegment(own: Own, places: ImageFacts["places"]): Buffer {
  const parts: Buffer[] = [];
  let inode = mostEntries;
  const record = (
    name: string,
    mode: number,
    more: Partial<CpioRecord> = {},
    content: Buffer = Buffer.alloc(0),
  ) =>
    parts.push(
      recordHead({ ...more, name, inode: ++inode, mode, size: content.length }),
      content,
      fill(content.length),
    );
  const directory = (name: string, mode: number) => record(name, fileKind.directory | mode, { links: 2 });
  const file = (name: string, mode: number, content: Buffer) =>
    record(name, fileKind.file | mode, {}, content);

  for (const name of ["dev", "proc", "sys"]) if (places[name] !== "directory") directory(name, 0o755);
  if (places.tmp === undefined) directory("tmp", 0o1777);
  if (places.etc === undefined) directory("etc", 0o755);
  for (const [name, mode, major, minor] of devices)
    record(`dev/${name}`, fileKind.character | mode, { major, minor });
  for (const [name, target] of links) record(`dev/${name}`, fileKind.link | 0o777, {}, Buffer.from(target));
  directory("dev/pts", 0o755);
  directory("dev/shm", 0o1777);
  directory("dev/mqueue", 0o1777);
  // Where /etc is a link, a directory of ours would take the image's own place.
  if (places.etc !== "other") {
    const hosts = `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n127.0.1.1\t${own.hostname}\n`;
    file("etc/hosts", 0o644, Buffer.from(hosts));
    file("etc/hostname", 0o644, Buffer.from(`${own.hostname}\n`));
    file("etc/resolv.conf", 0o644, Buffer.alloc(0));
  }
  directory(".tare", 0o700);
  file(".tare/busybox", 0o755, own.helper);
  file(".tare/init", 0o700, Buffer.from(own.script));
  file(".tare/fstab", 0o600, Buffer.from(own.fstab));
  record(".tare/out", fileKind.fifo | 0o666);
  record(".tare/nap", fileKind.fifo | 0o600);
  const body = Buffer.concat(parts);
  return Buffer.concat([body, archiveEnd(body.length)]);
}
