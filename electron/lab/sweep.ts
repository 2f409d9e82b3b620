import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Millis } from "../../shared/model/units.ts";
import { systemClock } from "../machine/clock.ts";
import { isAlive } from "../machine/this-run.ts";
import { parseBoxName } from "./container/state.ts";
import type { LabDocker } from "./docker.ts";
import { isNotesFile, type Noted, notesFolder, type Run, readRun, trialLabel } from "./notes.ts";

/** What a sweep took away, and what it could not (Docker does not answer): that stays noted for the next one. */
export type Swept = {
  readonly containers: readonly string[];
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
  const swept = { containers: [] as string[], left: 0 };
  const waiting: { readonly path: string; readonly run: Run }[] = [];
  for (const path of runFiles(directory)) {
    const run = readRun(path);
    if (run !== null && isAlive(run)) continue;
    if (run && run.left.length > 0) waiting.push({ path, run });
    else rmSync(path, { force: true });
  }
  if (waiting.length === 0) return swept;

  const sweepOne = async ({ path, run }: (typeof waiting)[number], last: boolean): Promise<boolean> => {
    try {
      const { ids, unheard } = await sweepBoxes(await docker(), run, signal);
      swept.containers.push(...ids);
      if (unheard && !last && changedAt(path) > Date.now() - recently) return false;
      rmSync(path, { force: true });
      return true;
    } catch {
      signal.throwIfAborted();
      swept.left += run.left.length;
      return true;
    }
  };
  const done = await Promise.all(waiting.map((one) => sweepOne(one, false)));
  const again = waiting.filter((_, index) => !done[index]);
  if (again.length > 0) {
    await systemClock.after(late, signal);
    await Promise.all(again.map((one) => sweepOne(one, true)));
  }
  return swept;
}

/**
 * A create that was on its way when its Tare was killed may come true a little later: where a name was noted `recently` and
 * no container of it is found, it is looked for once more after `late`.
 */
const late: Millis = 3_000;
const recently: Millis = 30_000;

function changedAt(path: string): Millis {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
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

/** Removes what trials made and stops what they started of the user's: the ids. `unheard`: a name of which there is none. */
async function sweepBoxes(
  docker: LabDocker,
  { run, left }: Run,
  signal: AbortSignal,
): Promise<{ readonly ids: readonly string[]; readonly unheard: boolean }> {
  const ids: string[] = [];
  for (const { what } of left.filter(({ kind }) => kind === "started")) {
    if ((await docker.inspect(what, signal)) === null) continue;
    await docker.stop(what, signal);
    ids.push(what);
  }
  const made = left.filter(({ kind }) => kind === "container");
  const found = await findNoted(docker, run, made, signal);
  await Promise.all(found.map(({ id }) => docker.remove(id, signal)));
  ids.push(...found.map(({ id }) => id));
  const heard = new Set(found.map(({ name }) => name));
  return { ids, unheard: made.some(({ id, what }) => id === null && !heard.has(what)) };
}

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
    const name = parseBoxName(await docker.inspect(id, signal));
    if (name !== null && noted.some((one) => one.id === null && one.what === name)) found.push({ id, name });
  }
  return found;
}
