import { randomUUID } from "node:crypto";
import { type Setting, settable, settingTo } from "../../shared/mends/setting.ts";
import type { Change, ChangeWish, DiffLine, Prepared } from "../../shared/model/change.ts";
import type { Millis } from "../../shared/model/units.ts";
import { type FileChange, fileChange, stateOf } from "./compose/files.ts";
import { perform } from "./deed.ts";
import { type Answer, askUser, checkName, type Desk } from "./desk.ts";
import { ChangeFailure } from "./failure.ts";
import type { Look } from "./hand.ts";
import { targetOf } from "./hands.ts";
import type { Intent } from "./journal.ts";
import { composeMend, engineMend } from "./mends.ts";
import type { Door, Question } from "./question.ts";
import { noted } from "./settle.ts";
import { floorOf, partsOf, usedOf } from "./weigh.ts";

/** A change that waits for the user's word. */
type Pending = {
  readonly until: Millis;
  readonly intent: Intent;
  readonly file: FileChange | null;
  /** The instance as it was read: Seen.mark. */
  readonly mark: string;
  readonly question: Question;
};

const goodFor: Millis = 60_000;
/** A page that prepares and never commits. */
const mostPending = 16;

export type Preparing = {
  prepare(wish: ChangeWish, door: Door): Promise<Answer<Prepared>>;
  commit(nonce: string, typed: string | null, door: Door): Promise<Answer<{ readonly change: Change }>>;
};

/**
 * Two steps, so that what is confirmed is what is done: prepared is bound to the instance's full id, to its run and to its
 * limits as they were read, and to the bytes of its file. Committed is read again, after the user's word.
 */
export function preparing(desk: Desk): Preparing {
  const waiting = new Map<string, Pending>();

  const keep = (pending: Pending): string => {
    const now = desk.monotonic();
    for (const [nonce, { until }] of waiting) if (until < now) waiting.delete(nonce);
    const [oldest] = waiting.keys();
    if (waiting.size >= mostPending && oldest !== undefined) waiting.delete(oldest);
    const nonce = randomUUID();
    waiting.set(nonce, pending);
    return nonce;
  };

  const current = (nonce: string): Pending => {
    const pending = waiting.get(nonce);
    if (pending && pending.until >= desk.monotonic()) return pending;
    waiting.delete(nonce);
    throw new ChangeFailure("expired", pending?.question.name ?? "", null);
  };

  return {
    prepare(wish, door) {
      const { instance: id, resource, now } = wish;
      const known = desk.people.instance(id);
      const called = known?.name ?? id;
      return desk.told(called, () => {
        if (!now && !wish.file) throw new ChangeFailure("unsupported", called, null);
        return desk.withSeen({ instance: id, name: called, resource }, async (seen) => {
          const { hand, look, weighed, setting: before } = seen;
          const { name } = look;
          const after = settingTo(before, settable(resource, wish.to));
          const file = wish.file ? fileOf(look, after) : null;
          const [from, to] = [before.limit, after.limit];
          const dangerous = now && seen.harms(to);
          const use = usedOf(resource, weighed.sample);
          const nonce = keep({
            until: desk.monotonic() + goodFor,
            intent: { instance: id, name, resource, before, after, now, file: withoutDiff(file) },
            file,
            mark: seen.mark,
            question: { undo: false, name, resource, from, to, now, file: file?.path ?? null, dangerous },
          });
          return {
            nonce,
            until: desk.clock.now() + goodFor,
            instance: id,
            name,
            resource,
            from,
            to: to ?? wish.to,
            use,
            parts: partsOf(resource, weighed.sample),
            floor: floorOf(resource, use),
            dangerous,
            needsName: dangerous || door.confirm === null,
            steps: [
              ...(now ? [engineMend(targetOf(id), id, hand, name, after)] : []),
              ...(file && look.compose ? [composeMend(look.compose.service, after, file)] : []),
            ],
            inspect: now ? inspectDiff(look, before, after) : [],
          };
        });
      });
    },

    commit(nonce, typed, door) {
      const name = waiting.get(nonce)?.question.name ?? "";
      return desk.told(name, async () => {
        const { intent, file, mark, question } = current(nonce);
        // A slip of the pen: the same change may be asked for again.
        checkName(door, question, typed, "name");
        waiting.delete(nonce);
        const began = desk.monotonic();
        await askUser(door, question, typed, "name");
        if (desk.monotonic() - began > goodFor) throw new ChangeFailure("expired", name, null);
        return desk.withSeen(intent, async (seen) => {
          if (seen.mark !== mark) throw new ChangeFailure("changed", name, null);
          // It uses more than when the user was asked.
          if (intent.now && seen.harms(intent.after.limit) && !question.dangerous)
            throw new ChangeFailure("below-use", name, null);
          if (file !== null && stateOf(file) !== "before")
            throw new ChangeFailure("file-changed", file.path, null);
          const id = desk.journal.begin(intent);
          const hand = intent.now ? seen.hand : null;
          const deed = { ...intent, target: intent.after, hand, file, undo: false };
          return { change: noted(desk.journal, id, await perform(deed, desk), desk.journal.end) };
        });
      });
    },
  };
}

function fileOf({ compose, name }: Look, after: Setting): FileChange {
  if (compose === null) throw new ChangeFailure("file-gone", name, null);
  return fileChange(compose, after);
}

/** The difference is for the eye; the journal needs what leads back. */
const withoutDiff = (file: FileChange | null): Intent["file"] =>
  file && { path: file.path, before: file.before, after: file.after, edits: [...file.edits] };

/** The engine's own words for the limit, as they are and as they will be. */
function inspectDiff(look: Look, before: Setting, after: Setting): readonly DiffLine[] {
  const [old, next] = [look.lines(before), look.lines(after)];
  const words = (line: string) => line.split(" ", 1)[0];
  const line = (kind: DiffLine["kind"], text: string): DiffLine => ({ kind, line: null, text });
  return next.flatMap((text) => {
    const was = old.find((one) => words(one) === words(text));
    if (was === text) return [line("same", text)];
    return [...(was === undefined ? [] : [line("removed", was)]), line("added", text)];
  });
}
