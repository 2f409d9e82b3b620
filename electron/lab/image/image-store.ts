import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { constants, copyFile, open, truncate } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Bytes } from "../../../shared/model/units.ts";
import { readStartTicks } from "../../machine/process-start.ts";
import { LabFailure } from "../trial.ts";
import type { ImageFacts } from "./image-segment.ts";

/*
 * Images that were made into archives, in <data directory>/lab/images:
 *   3f9c….json                what is known of it, written when its archive is whole
 *   3f9c….img                 its archive, at rest; what follows facts.bytes is left from its last use
 *   3f9c….812-9043-5f0c.img   in use by process 812, which began at tick 9043: whoever uses it has renamed it, writes a
 *                             segment of its own behind the image's, and renames it back. Nothing is copied, and nobody
 *                             can take it away.
 *   3f9c….812-9043-5f0c.part  in the making
 * What a killed Tare left is known by its process, which is no more: an archive goes back to rest, a part goes.
 */

/** An image's archive, ours to write behind, until `release`. */
export type StoredImage = {
  readonly path: string;
  readonly facts: ImageFacts;
  /** Puts it to rest; the second time nothing. */
  release(): void;
};

/** What is kept at rest, of images that were used last. */
const mostKept: Bytes = 2 * 2 ** 30;

const factsSchema = z.object({
  format: z.literal(1),
  facts: z.object({
    bytes: z.int(),
    unpacked: z.int(),
    entries: z.int(),
    lost: z.object({ attributes: z.int(), entries: z.int(), names: z.array(z.string()) }),
    passwd: z.string(),
    group: z.string(),
    places: z.record(z.string(), z.enum(["directory", "other"])),
  }),
});

const folderOf = (directory: string) => join(directory, "lab", "images");
/** sha256:3f9c… as a file's name. */
const keyOf = (digest: string) => digest.replace(/^sha256:/, "");

/** Whether the archive of the image with this digest is kept in Tare's data directory, at rest or in use. */
export const isPrepared = (directory: string, digest: string): boolean =>
  readFacts(folderOf(directory), keyOf(digest)) !== null;

/**
 * The archive of an image, kept or made now by `make`, which writes it to the path that it is given. `nonce`: hexadecimal, new each time.
 * Where the disk is full, others that rest make room once.
 */
export async function storedImage(
  directory: string,
  digest: string,
  nonce: string,
  make: (path: string) => Promise<ImageFacts>,
): Promise<{ readonly image: StoredImage; readonly cold: boolean }> {
  const folder = folderOf(directory);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mend(folder);
  const key = keyOf(digest);
  const mine = join(folder, `${key}.${process.pid}-${startOf(process.pid)}-${nonce}`);
  const kept = await takeKept(folder, key, `${mine}.img`);
  if (kept) return { image: kept, cold: false };
  const part = `${mine}.part`;
  try {
    const facts = await make(part).catch((error: unknown) => {
      rmSync(part, { force: true });
      const full = error instanceof LabFailure && error.trouble.code === "no-room";
      if (!full || trim(folder, 0) === 0) throw error;
      return make(part);
    });
    renameSync(part, `${mine}.img`);
    writeFileSync(join(folder, `${key}.json`), JSON.stringify({ format: 1, facts }), { mode: 0o600 });
    return { image: held(folder, key, `${mine}.img`, facts), cold: true };
  } finally {
    rmSync(part, { force: true });
  }
}

function held(folder: string, key: string, path: string, facts: ImageFacts): StoredImage {
  let released = false;
  return {
    path,
    facts,
    release() {
      if (released) return;
      released = true;
      if (renamed(path, join(folder, `${key}.img`))) trim(folder, mostKept);
    },
  };
}

/** The kept archive as `mine`, cut to the image's segment; null: none is kept, or it is not what it was. */
async function takeKept(folder: string, key: string, mine: string): Promise<StoredImage | null> {
  const facts = readFacts(folder, key);
  if (facts === null) return null;
  if (!renamed(join(folder, `${key}.img`), mine)) {
    const used = readdirSync(folder).find((name) => name.startsWith(`${key}.`) && inUse.test(name));
    if (used === undefined) return null;
    try {
      await copyFile(join(folder, used), mine, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    } catch {
      // Released meanwhile, or no room for two: it is made anew, which says what is wrong.
      rmSync(mine, { force: true });
      return null;
    }
  }
  if (await isWhole(mine, facts.bytes)) {
    await truncate(mine, facts.bytes);
    return held(folder, key, mine, facts);
  }
  rmSync(mine, { force: true });
  rmSync(join(folder, `${key}.json`), { force: true });
  return null;
}

const inUse = /^[0-9a-f]{64}\.(\d+)-(\d+)-[0-9a-f]+\.img$/;
const left = /^([0-9a-f]{64})\.(\d+)-(\d+)-[0-9a-f]+\.(img|part)$/;
const resting = /^[0-9a-f]{64}\.img$/;

/** Puts right what processes that are no more have left in the middle. */
function mend(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, key, pid, start, end] = left.exec(name) ?? [];
    if (key === undefined || startOf(Number(pid)) === Number(start)) continue;
    const path = join(folder, name);
    if (
      end === "part" ||
      existsSync(join(folder, `${key}.img`)) ||
      !renamed(path, join(folder, `${key}.img`))
    )
      rmSync(path, { force: true });
  }
}

/** Removes what was used longest ago of what rests, down to `most` bytes; gives how much went. */
function trim(folder: string, most: Bytes): Bytes {
  const found = readdirSync(folder)
    .filter((name) => resting.test(name))
    .flatMap((name) => {
      const stat = statSync(join(folder, name), { throwIfNoEntry: false });
      return stat ? [{ name, size: stat.size, at: stat.mtimeMs }] : [];
    })
    .sort((one, other) => other.at - one.at);
  let kept = 0;
  let gone = 0;
  for (const { name, size } of found) {
    kept += size;
    if (kept <= most) continue;
    gone += size;
    rmSync(join(folder, name), { force: true });
    rmSync(join(folder, name.replace(/img$/, "json")), { force: true });
  }
  return gone;
}

function readFacts(folder: string, key: string): ImageFacts | null {
  try {
    return factsSchema.parse(JSON.parse(readFileSync(join(folder, `${key}.json`), "utf8"))).facts;
  } catch {
    return null;
  }
}

/** Whether an archive of this length begins and ends there as ours do. */
async function isWhole(path: string, length: Bytes): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const start = Buffer.alloc(6);
    const end = Buffer.alloc(Math.min(length, 1_024));
    const began = await file.read(start, 0, start.length, 0);
    const ended = await file.read(end, 0, end.length, Math.max(0, length - end.length));
    return (
      began.bytesRead === start.length &&
      ended.bytesRead === end.length &&
      start.toString("latin1") === "070701" &&
      end.includes("TRAILER!!!\0")
    );
  } finally {
    await file.close();
  }
}

function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** When the process with this number began, which tells it from a later one; 1 where the system does not say, 0: no such. */
function startOf(pid: number): number {
  if (process.platform === "linux") return readStartTicks("/proc", pid) ?? 0;
  try {
    process.kill(pid, 0);
    return 1;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? 1 : 0;
  }
}
