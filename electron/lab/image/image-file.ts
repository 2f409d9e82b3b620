import type { Bytes } from "../../../shared/model/units.ts";
import type { LabDocker } from "../docker.ts";
import { type Notes, trialLabel } from "../notes.ts";
import { LabFailure } from "../trial.ts";
import { chunksOf } from "./chunks.ts";
import { entryPath } from "./entry-path.ts";
import { readTar } from "./tar.ts";
import { BadArchive } from "./tar-header.ts";

/** Who lends a file system: a container that is made and never runs. */
export type Lender = {
  readonly docker: Pick<LabDocker, "create" | "export" | "remove">;
  readonly notes: Pick<Notes, "run" | "container">;
  readonly signal: AbortSignal;
};

/** For calls that have a deadline of their own and must come to their end. */
const never = new AbortController().signal;

/**
 * Hands an image's file system as a tar stream to `use`. Its container is noted before it is made, and gone afterwards,
 * whatever comes. `name` is the container's, new each time.
 */
export async function withExport<T>(
  image: string,
  name: string,
  { docker, notes, signal }: Lender,
  use: (tar: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const note = notes.container(name);
  const labels = { [trialLabel]: notes.run };
  // Without the signal: one that is made while we go would be nobody's.
  const id = await docker.create({ image, name, labels, memory: 64 << 20, cpus: 1 }, never);
  note.made(id);
  try {
    signal.throwIfAborted();
    const tar = await docker.export(id, signal);
    // Whoever reads it hears of an error; one that comes before the first read would end Tare.
    tar.on("error", () => undefined);
    return await use(chunksOf(tar));
  } finally {
    await docker.remove(id, never);
    note.gone();
  }
}

/** The first of these paths that is a plain file of the image, of at most `most` bytes; null: none is. */
export async function fileOfImage(
  image: string,
  paths: readonly string[],
  most: Bytes,
  name: string,
  lender: Lender,
): Promise<Buffer | null> {
  const wanted = new Set(paths.map((path) => entryPath(path)));
  try {
    return await withExport(image, name, lender, async (tar) => {
      for await (const entry of readTar(tar)) {
        if (entry.type !== "0" || entry.size > most || !wanted.has(entryPath(entry.name))) continue;
        const pieces: Buffer[] = [];
        for await (const piece of entry.body()) pieces.push(piece);
        return Buffer.concat(pieces);
      }
      return null;
    });
  } catch (error) {
    if (!(error instanceof BadArchive)) throw error;
    throw new LabFailure({ code: "hostile-image", where: image, cause: error.message });
  }
}
