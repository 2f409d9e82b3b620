import { isSet } from "../../shared/mends/setting.ts";
import type { Change, ChangeTrouble } from "../../shared/model/change.ts";
import { stateOf } from "./compose/files.ts";
import { type Deed, perform } from "./deed.ts";
import { type Answer, askUser, type Desk, type Seen } from "./desk.ts";
import { ChangeFailure } from "./failure.ts";
import type { Door, Question } from "./question.ts";
import { changeOf, noted } from "./settle.ts";

/**
 * Puts back what a change found, with the same care: read anew, the user's word, read again, noted before and after. What
 * somebody else has changed since is left alone.
 */
export function undoing(desk: Desk) {
  const { journal } = desk;

  const run = async (id: number, deed: Deed): Promise<Answer<{ readonly change: Change }>> => {
    journal.beginUndo(id);
    const outcome = await perform(deed, desk);
    const change = noted(journal, id, outcome, journal.endUndo);
    const trouble = outcome.trouble as ChangeTrouble | null;
    return outcome.state !== "undone" && trouble ? { trouble } : { change };
  };

  return (id: number, typed: string | null, door: Door): Promise<Answer<{ readonly change: Change }>> => {
    return desk.told(String(id), async () => {
      const kept = journal.all().find((one) => one.id === id);
      if (kept === undefined) throw new ChangeFailure("gone", String(id), null);
      const { name } = kept.intent;
      if (!changeOf(journal, id).undoable) throw new ChangeFailure("changed", name, null);
      const { intent } = kept;
      // Only what the change has written is taken back.
      const file = kept.outcome?.file ? intent.file : null;
      const deed: Deed = { ...intent, target: intent.before, hand: null, file, undo: true };
      if (file && stateOf(file) !== "after") throw new ChangeFailure("file-changed", file.path, null);
      const ask = (dangerous: boolean, now: boolean) => {
        const { resource } = intent;
        const [from, to] = [intent.after.limit, intent.before.limit];
        const question: Question = {
          undo: true,
          name,
          resource,
          from,
          to,
          now,
          file: file?.path ?? null,
          dangerous,
        };
        return askUser(door, question, typed, dangerous ? "below-use" : "name");
      };
      const fileOnly = async () => {
        await ask(false, false);
        return run(id, deed);
      };
      if (!intent.now) return fileOnly();

      const inPlace = ({ setting }: Seen) => {
        if (!isSet(intent.resource, intent.after.limit, setting.limit))
          throw new ChangeFailure("changed", name, null);
      };
      try {
        const harms = await desk.withSeen(intent, async (seen) => {
          inPlace(seen);
          return seen.harms(intent.before.limit);
        });
        await ask(harms, true);
        return await desk.withSeen(intent, async (seen) => {
          inPlace(seen);
          if (seen.harms(intent.before.limit) && !harms) throw new ChangeFailure("below-use", name, null);
          return run(id, { ...deed, hand: seen.hand });
        });
      } catch (error) {
        // Made anew since, from the file that still has our line: that much can be put back.
        if (file === null || !(error instanceof ChangeFailure) || !isGone(error)) throw error;
        return fileOnly();
      }
    });
  };
}

const isGone = ({ trouble }: ChangeFailure): boolean =>
  trouble.code === "gone" || trouble.code === "replaced";
