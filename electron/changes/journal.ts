import * as z from "zod/mini";
import { resources } from "../../shared/model/change.ts";
import { appendLines } from "../machine/append-lines.ts";
import { dataDirectory, journalPath } from "../machine/data-directory.ts";
import { isAlive, type RunMark, thisRun } from "../machine/this-run.ts";
import { readWhole } from "../machine/write-whole.ts";
import { ChangeFailure } from "./failure.ts";

const limit = z.nullable(z.number());
const setting = z.discriminatedUnion("resource", [
  z.strictObject({ resource: z.literal("memory"), limit, withSwap: limit }),
  z.strictObject({ resource: z.literal("cpu"), limit, by: z.enum(["cpus", "quota"]) }),
  z.strictObject({ resource: z.literal("pids"), limit }),
  z.strictObject({ resource: z.literal("vmMemory"), limit }),
  z.strictObject({ resource: z.literal("vmCpu"), limit }),
]);
const edit = z.strictObject({ at: z.int(), removed: z.string(), added: z.string() });
const file = z.strictObject({
  path: z.string(),
  before: z.string(),
  after: z.string(),
  edits: z.array(edit),
});
const trouble = z.nullable(
  z.strictObject({ code: z.string(), where: z.string(), cause: z.nullable(z.string()) }),
);
const outcome = z.strictObject({
  state: z.enum(["applied", "failed", "undone", "unknown"]),
  readBack: limit,
  /** The file that was written; null: none was. */
  file: z.nullable(z.string()),
  trouble,
});
const run = z.object({ pid: z.int(), start: z.nullable(z.number()), boot: z.nullable(z.string()) });
const intent = z.strictObject({
  instance: z.string(),
  name: z.string(),
  resource: z.enum(resources),
  before: setting,
  after: setting,
  now: z.boolean(),
  file: z.nullable(file),
});
/**
 * The lines of changes.jsonl. The one before the deed is on the disk before anything is done, the one after it follows:
 *   {"id":1795528931402,"run":{"pid":4711,…},"intent":{"instance":"docker:3f9c…","before":{…},"after":{…},…}}
 *   {"id":1795528931402,"outcome":{"state":"applied","readBack":335544320,"file":null,"trouble":null}}
 *   {"id":1795528931402,"run":{"pid":4711,…},"undoing":true}
 *   {"id":1795528931402,"undone":{"state":"undone",…}}
 */
const line = z.union([
  z.strictObject({ id: z.int(), run, intent }),
  z.strictObject({ id: z.int(), outcome }),
  z.strictObject({ id: z.int(), run, undoing: z.literal(true) }),
  z.strictObject({ id: z.int(), undone: outcome }),
]);
type Line = z.infer<typeof line>;
export type Intent = z.infer<typeof intent>;
export type Outcome = z.infer<typeof outcome>;

/** One change, as its lines tell it. */
export type Kept = {
  readonly id: number;
  readonly intent: Intent;
  /** null: Tare ended between the word and the deed, or has not come to the end yet. */
  readonly outcome: Outcome | null;
  /** null: nobody tried to undo it, or that failed and was told. */
  readonly undone: Outcome | null;
  /** Whose word is without a deed; null: no deed is missing. */
  readonly open: RunMark | null;
};

export type Journal = {
  /** Oldest first. */
  all(): readonly Kept[];
  /** Notes what is about to be done, and gives it its number. Throws a ChangeFailure where it can't be noted. */
  begin(intent: Intent): number;
  end(id: number, outcome: Outcome): void;
  beginUndo(id: number): void;
  endUndo(id: number, outcome: Outcome): void;
};

/** Some ten thousand changes; more than anybody makes by hand. */
const mostBytes = 16 << 20;

/**
 * The journal of changes, docs/decisions/0011: a line is appended and on the disk (fsync) before this goes on. Two Tares may
 * write to it at once. A line that a kill has cut is passed over, and nothing is ever written behind it on the same line.
 */
export function openJournal(directory: string | null, now: () => number): Journal {
  const path = journalPath(directory);

  const all = (): readonly Kept[] => {
    try {
      return fold(parseJournal(readWhole(path, mostBytes).bytes.toString("utf8")));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw failure(error, path);
    }
  };

  const append = (one: Line) => {
    try {
      dataDirectory(directory);
      appendLines(path, [JSON.stringify(one)], { durable: true });
    } catch (error) {
      throw failure(error, path);
    }
  };

  return {
    all,
    begin(intent) {
      const id = Math.max(now(), (all().at(-1)?.id ?? 0) + 1);
      append({ id, run: thisRun(), intent });
      return id;
    },
    end: (id, outcome) => append({ id, outcome }),
    beginUndo: (id) => append({ id, run: thisRun(), undoing: true }),
    endUndo: (id, undone) => append({ id, undone }),
  };
}

/** Lines that are none are passed over. */
export function parseJournal(text: string): readonly Line[] {
  return text.split("\n").flatMap((one) => {
    try {
      const parsed = line.safeParse(JSON.parse(one));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

/** The changes that lines tell of, in their order. */
export function fold(lines: readonly Line[]): readonly Kept[] {
  const kept = new Map<number, Kept>();
  for (const one of lines) {
    const known = kept.get(one.id);
    if ("intent" in one)
      kept.set(one.id, { id: one.id, intent: one.intent, outcome: null, undone: null, open: one.run });
    else if (known === undefined) continue;
    else if ("outcome" in one) kept.set(one.id, { ...known, outcome: one.outcome, open: null });
    else if ("undoing" in one) kept.set(one.id, { ...known, open: one.run });
    else {
      const undone = one.undone.state === "failed" ? known.undone : one.undone;
      kept.set(one.id, { ...known, undone, open: null });
    }
  }
  return [...kept.values()];
}

/** A word whose deed nobody will do any more: the run that gave it is over. */
export const isOrphan = ({ open }: Kept): boolean => open !== null && !isAlive(open);

const failure = (error: unknown, path: string): ChangeFailure =>
  new ChangeFailure("journal", path, error instanceof Error ? error.message : String(error));
