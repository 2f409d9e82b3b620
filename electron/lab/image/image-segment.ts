import type { Bytes } from "../../../shared/model/units.ts";
import { LabFailure } from "../trial.ts";
import {
  archiveEnd,
  type CpioRecord,
  fileKind,
  fill,
  largestFile,
  linksAt,
  linksOf,
  longestPath,
  recordHead,
} from "./cpio.ts";
import { entryPath } from "./entry-path.ts";
import type { FileSink } from "./file-sink.ts";
import { readTar, type TarEntry } from "./tar.ts";
import { BadArchive } from "./tar-header.ts";

/** What a newc archive can't hold, or what we don't let in: told, never silent. */
export type Lost = {
  /** Entries whose extended attributes (capabilities, ACLs) are gone. */
  readonly attributes: number;
  /** Entries that are gone: under /.tare, which is ours in the guest; of kinds that Linux has not; with endless names. */
  readonly entries: number;
  /** The first few of both, as they are named in the image. */
  readonly names: readonly string[];
};

/** What is known of an image once it went through. Text is latin1: a byte a character. */
export type ImageFacts = {
  readonly bytes: Bytes;
  /** What its files take in the guest's memory: whole pages, and 1 KiB an entry for the kernel's own notes. */
  readonly unpacked: Bytes;
  readonly entries: number;
  readonly lost: Lost;
  /** /etc/passwd and /etc/group; empty: there is none, or it is no plain file. */
  readonly passwd: string;
  readonly group: string;
  /** Which of `placesOfInterest` are there, and whether as a directory. */
  readonly places: Readonly<Record<string, "directory" | "other">>;
};

const placesOfInterest = new Set(["dev", "proc", "sys", "tmp", "etc"]);
const captured: Record<string, "passwd" | "group"> = { "etc/passwd": "passwd", "etc/group": "group" };

/** Inodes of our own segment begin here: numbers of two segments must differ. */
export const mostEntries = 1_000_000;
const mostNames = 20;
/** Of /etc/passwd and /etc/group; what is longer is looked at up to there. */
const mostCaptured = 1 << 20;

/** What was seen under a name: an inode that a hard link may name, or a symbolic link's target. */
type Seen = { readonly inode: number; readonly kind: number; readonly at: Bytes } | { readonly link: string };

/**
 * Writes the files of an exported image (`docker export`: tar) as a newc archive to `sink`, which the caller finishes. Nothing is
 * unpacked here. `image`: its name for failures; `room`: what a guest has for the archive and its unpacked copy together.
 * Throws a LabFailure: hostile-image, file-too-large, image-too-large, no-room; what the source throws comes through.
 */
export async function writeImage(
  tar: AsyncIterable<Uint8Array>,
  sink: FileSink,
  { image, room }: { readonly image: string; readonly room: Bytes },
): Promise<ImageFacts> {
  const facts = { unpacked: 0, entries: 0, attributes: 0, dropped: 0, passwd: "", group: "" };
  const names: string[] = [];
  const places: Record<string, "directory" | "other"> = {};
  const seen = new Map<string, Seen>();
  const linked = new Set<Bytes>();
  const tooLarge = (cause: string) => new LabFailure({ code: "image-too-large", where: image, cause });

  const record = async (head: CpioRecord, content?: string) => {
    await sink.write(recordHead(head));
    if (content === undefined) return;
    await sink.write(Buffer.from(content, "latin1"));
    await sink.write(fill(content.length));
  };
  const file = async (entry: TarEntry, head: CpioRecord) => {
    if (entry.size > largestFile)
      throw new LabFailure({ code: "file-too-large", where: shown(head.name), cause: `${entry.size} bytes` });
    if (sink.position + facts.unpacked + 2 * entry.size > room) throw tooLarge(`${shown(head.name)}`);
    await record({ ...head, size: entry.size });
    const capture = captured[head.name];
    for await (const piece of entry.body()) {
      await sink.write(piece);
      if (capture && facts[capture].length < mostCaptured) facts[capture] += piece.toString("latin1");
    }
    await sink.write(fill(entry.size));
    facts.unpacked += pages(entry.size);
  };
  /** Another name of an inode that went out before. The kernel wants two links told in both records. */
  const hardLink = async (entry: TarEntry, head: CpioRecord) => {
    const target = seen.get(entryPath(entry.link));
    if (target === undefined) throw new BadArchive("a hard link to what is not there");
    // The kernel makes no hard links of symbolic links: a second one of the same content.
    if ("link" in target)
      return record({ ...head, mode: fileKind.link | 0o777, size: target.link.length }, target.link);
    linked.add(target.at);
    seen.set(head.name, target);
    return record({ ...head, inode: target.inode, mode: target.kind | entry.mode, links: 2 });
  };
  const drop = (name: string) => {
    facts.dropped++;
    if (names.length < mostNames) names.push(shown(name));
  };

  const add = async (entry: TarEntry) => {
    const name = entryPath(entry.name);
    if (++facts.entries > mostEntries) throw tooLarge(`more than ${mostEntries} files`);
    if (name === ".tare" || name.startsWith(".tare/") || name.length >= longestPath) return drop(name);
    const { uid, gid, major, minor } = entry;
    if (uid > largest || gid > largest || major > 0xfff || minor > 0xf_ffff)
      throw new BadArchive("a number is absurd");
    const mtime = Math.min(Math.max(entry.mtime, 0), largest);
    const head = { name, inode: facts.entries, mode: entry.mode, uid, gid, mtime, major, minor };
    if (placesOfInterest.has(name)) places[name] = entry.type === "5" ? "directory" : "other";
    if (entry.attributes) {
      facts.attributes++;
      if (names.length < mostNames) names.push(shown(name));
    }
    facts.unpacked += entryCost;
    if (sink.position + facts.unpacked > room) throw tooLarge(shown(name));
    const kind = kinds[entry.type];
    if (kind !== undefined && kind !== fileKind.directory) {
      if (seen.has(name)) throw new BadArchive("a name that is there twice");
      seen.set(
        name,
        kind === fileKind.link ? { link: entry.link } : { inode: head.inode, kind, at: sink.position },
      );
    }
    if (entry.type === "1") return hardLink(entry, head);
    if (kind === undefined) return drop(name);
    if (kind === fileKind.file) return file(entry, { ...head, mode: kind | entry.mode });
    if (kind === fileKind.directory) return record({ ...head, mode: kind | entry.mode, links: 2 });
    if (kind !== fileKind.link) return record({ ...head, mode: kind | entry.mode });
    if (entry.link === "" || entry.link.length >= longestPath) return drop(name);
    return record({ ...head, mode: kind | 0o777, size: entry.link.length }, entry.link);
  };

  try {
    for await (const entry of readTar(tar)) await add(entry);
    await sink.write(archiveEnd(sink.position));
    for (const at of linked) await sink.patch(at + linksAt, linksOf(2));
  } catch (error) {
    if (!(error instanceof BadArchive)) throw error;
    throw new LabFailure({ code: "hostile-image", where: image, cause: error.message });
  }
  const { attributes, dropped, passwd, group, unpacked, entries } = facts;
  return {
    bytes: sink.position,
    unpacked,
    entries,
    lost: { attributes, entries: dropped, names },
    passwd,
    group,
    places,
  };
}

/** Kinds by type flag. "7" is a file that once was asked to lie in one piece. */
const kinds: Record<string, number | undefined> = {
  "0": fileKind.file,
  "7": fileKind.file,
  "2": fileKind.link,
  "3": fileKind.character,
  "4": fileKind.block,
  "5": fileKind.directory,
  "6": fileKind.fifo,
};

const largest = 0xffff_ffff;
/** An inode and a directory entry of the kernel's, which it keeps for each name. */
const entryCost: Bytes = 1_024;
const pages = (size: Bytes) => Math.ceil(size / 4_096) * 4_096;

/** A name's bytes as text for people. */
const shown = (name: string) => Buffer.from(name, "latin1").toString("utf8");
