import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod/mini";
import type { Millis } from "../../shared/model/units.ts";
import { systemClock } from "../machine/clock.ts";
import type { LabDocker } from "./docker.ts";
import { isAlive, isNotesFile, type Noted, notesFolder, type Run, readRun, trialLabel } from "./notes.ts";

/** What a sweep took away, and what it could not (Docker does not answer): that stays noted for the next one. */
export type Swept = {
  readonly containers: readonly string[];
  readonly processes: readonly number[];
  readonly directories: readonly string[];
  readonly left: number;
};

/**
 * Takes away what runs of Tare left behind that ended without doing so. Only what is noted in a run's file is looked for,
 * and a container must carry the run's label as well: a user's container that has our label is left alone, and so is
 * what belongs to another Tare that still runs. `docker` is asked for only where a container is noted, and may fail.
 */
export async function sweep(
  directory: string,
  docker: () => Promise<LabDocker>,
  signal: AbortSignal,
): Promise<Swept> {
  const swept = {
    containers: [] as string[],
    processes: [] as number[],
    directories: [] as string[],
    left: 0,
  };
  for (const path of runFiles(directory)) {
    const run = readRun(path);
    if (run !== null && isAlive(run)) continue;
    let left = 0;
    for (const one of run?.left ?? []) {
      if (one.kind === "process" && run !== null && killNoted(run, one))
        swept.processes.push(Number(one.what));
      if (one.kind === "directory" && removeNoted(one.what)) swept.directories.push(one.what);
    }
    const boxes = run?.left.filter(({ kind }) => kind === "container" || kind === "started") ?? [];
    if (run !== null && boxes.length > 0) {
      try {
        swept.containers.push(...(await sweepContainers(await docker(), run.run, boxes, signal)));
      } catch {
        signal.throwIfAborted();
        left = boxes.length;
      }
    }
    swept.left += left;
    if (left === 0) rmSync(path, { force: true });
  }
  return swept;
}

function runFiles(directory: string): readonly string[] {
  const folder = notesFolder(directory);
  try {
    return readdirSync(folder)
      .filter(isNotesFile)
      .map((name) => join(folder, name));
  } catch {
    return []; // no lab was ever used here
  }
}

/** Its pid may be somebody else's by now: only the same start since the same boot makes it ours. */
function killNoted(run: Run, { what, start }: Noted): boolean {
  const pid = Number(what);
  if (start === null || !isAlive({ pid, start, boot: run.boot })) return false;
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false; // ended in between
  }
}

/** A file that was tampered with must not make us remove a home: what we make is named as ours. */
function removeNoted(path: string): boolean {
  if (!basename(path).startsWith("tare-")) return false;
  rmSync(path, { recursive: true, force: true });
  return true;
}

/** A create that was on its way when its Tare was killed may come true that much later. */
const late: Millis = 3_000;

/** Removes what trials made and stops what they started of the user's. Gives the ids. */
async function sweepContainers(
  docker: LabDocker,
  run: string,
  noted: readonly Noted[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const swept: string[] = [];
  for (const { what } of noted.filter(({ kind }) => kind === "started")) {
    if ((await docker.inspect(what, signal)) === null) continue;
    await docker.stop(what, signal);
    swept.push(what);
  }
  const made = noted.filter(({ kind }) => kind === "container");
  const unheard = new Set(made.filter(({ id }) => id === null).map(({ what }) => what));
  const remove = async () => {
    for (const id of await findNoted(docker, run, made, signal)) {
      unheard.delete(id.name);
      await docker.remove(id.id, signal);
      swept.push(id.id);
    }
  };
  await remove();
  if (unheard.size > 0) {
    await systemClock.after(late, signal);
    await remove();
  }
  return swept;
}

const Named = z.object({ Name: z.string() });

/** Containers of a run's label that are noted too: by id, or by the name under which they were going to be made. */
export async function findNoted(
  docker: LabDocker,
  run: string,
  noted: readonly Pick<Noted, "what" | "id">[],
  signal: AbortSignal,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const found: { id: string; name: string }[] = [];
  for (const { id } of await docker.labelled(`${trialLabel}=${run}`, signal)) {
    const known = noted.find((one) => one.id === id);
    if (known) {
      found.push({ id, name: known.what });
      continue;
    }
    const named = Named.safeParse(await docker.inspect(id, signal));
    const name = named.success ? named.data.Name.replace(/^\//, "") : null;
    if (name !== null && noted.some((one) => one.id === null && one.what === name)) found.push({ id, name });
  }
  return found;
}
