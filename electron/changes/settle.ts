import { isSet } from "../../shared/mends/setting.ts";
import type { Change, ChangeTrouble } from "../../shared/model/change.ts";
import { stateOf } from "./compose/files.ts";
import { readBack } from "./deed.ts";
import type { Desk } from "./desk.ts";
import { ChangeFailure, changeTroubleOf } from "./failure.ts";
import type { Journal, Kept, Outcome } from "./journal.ts";

/**
 * Reads back what came of a change whose Tare ended between the word and the deed, and notes it. What nobody can be asked
 * about now stays open for the next time.
 */
export async function settle(one: Kept, desk: Desk): Promise<void> {
  const { intent, id } = one;
  const file = fileState(one);
  const back = intent.now ? await readBack(intent, desk, 0) : null;
  if (intent.now && back === null && !(await isGone(one, desk))) return;
  const is = (setting: Kept["intent"]["after"], state: "before" | "after") =>
    intent.now ? back !== null && isSet(intent.resource, setting.limit, back.limit) : file === state;
  const [changed, unchanged] = [is(intent.after, "after"), is(intent.before, "before")];
  const told = {
    readBack: back?.limit ?? null,
    trouble: intent.now && back === null ? { code: "gone", where: intent.name, cause: null } : null,
  };
  const written = file === "after" && intent.file ? intent.file.path : null;
  if (one.outcome === null) {
    const state = changed ? "applied" : unchanged ? "failed" : "unknown";
    desk.journal.end(id, { ...told, state, file: written });
  } else {
    const state = unchanged ? "undone" : "failed";
    desk.journal.endUndo(id, { ...told, state, file: written });
  }
}

function fileState({ intent: { file } }: Kept): "before" | "after" | "other" {
  try {
    return file ? stateOf(file) : "other";
  } catch {
    return "other"; // not there, or not to be read: nothing to go back to
  }
}

/** Whether its engine answers, and says that it is no more. */
async function isGone({ intent }: Kept, desk: Desk): Promise<boolean> {
  try {
    await desk.withSeen(intent, async () => undefined);
    return false;
  } catch (error) {
    return error instanceof ChangeFailure && ["gone", "replaced"].includes(error.trouble.code);
  }
}

/** Changes as they are shown, oldest first. */
export function toChanges(all: readonly Kept[]): readonly Change[] {
  /** Whoever changed the same limit last: only that can be undone. */
  const last = new Map(
    all.filter((one) => stateNow(one) === "applied").map((one) => [limitOf(one), one.id] as const),
  );
  return all.map((one) => {
    const { id, intent, open } = one;
    const outcome: Outcome | null = one.undone ?? one.outcome;
    const state = stateNow(one);
    return {
      id,
      at: id,
      instance: intent.instance,
      name: intent.name,
      resource: intent.resource,
      from: intent.before.limit,
      to: intent.after.limit ?? 0,
      readBack: outcome?.readBack ?? null,
      file: outcome?.file ?? null,
      state,
      undoable: state === "applied" && open === null && last.get(limitOf(one)) === id,
      trouble: (outcome?.trouble ?? null) as ChangeTrouble | null,
    };
  });
}

const stateNow = ({ undone, outcome }: Kept): Change["state"] => undone?.state ?? outcome?.state ?? "unknown";
const limitOf = ({ intent }: Kept): string => `${intent.resource} ${intent.instance}`;

export function changeOf(journal: Journal, id: number): Change {
  const change = toChanges(journal.all()).find((one) => one.id === id);
  if (change === undefined) throw new ChangeFailure("journal", String(id), null);
  return change;
}

/**
 * Notes what came of a change, and gives the change. What was done is told as done even where it can't be noted any more (the
 * disk is full by now); the next Tare then finds the word without its deed, and reads back.
 */
export function noted(
  journal: Journal,
  id: number,
  outcome: Outcome,
  write: (id: number, outcome: Outcome) => void,
): Change {
  try {
    write(id, outcome);
    return changeOf(journal, id);
  } catch (error) {
    const { state, readBack, file } = outcome;
    const { where, cause } = changeTroubleOf(error, "changes.jsonl");
    const trouble: ChangeTrouble = { code: "failed", where, cause };
    return { ...changeOf(journal, id), state, readBack, file, undoable: false, trouble };
  }
}
