import type { Handlers } from "../../shared/wire/calls.ts";
import { type DeskOptions, inTurns, openDesk } from "./desk.ts";
import { isOrphan } from "./journal.ts";
import { mendsOf } from "./mends.ts";
import { preparing } from "./prepare.ts";
import type { Door } from "./question.ts";
import { settle, toChanges } from "./settle.ts";
import { undoing } from "./undo.ts";

/** What a page asks for; each door gives its own word. */
export type ChangeCalls = Pick<
  Handlers,
  "mends" | "prepareChange" | "commitChange" | "undoChange" | "changes"
>;

/** Everything that changes a limit on this machine, with its parts, as change-calls.ts loads them with the first call. */
export function openChanges(options: DeskOptions, ending: AbortSignal): (door: Door) => ChangeCalls {
  const desk = openDesk(options, ending);
  const { prepare, commit } = preparing(desk);
  const undo = undoing(desk);
  const inTurn = inTurns();

  /** What a Tare that was killed left open is read back. */
  const settleAll = async () => {
    for (const one of desk.journal.all().filter(isOrphan)) await settle(one, desk);
  };
  void inTurn(settleAll).catch(() => undefined);

  return (door) => ({
    async mends(wish) {
      const instance = desk.people.instance(wish.instance);
      return instance ? mendsOf(wish, instance, options.live() ? desk : null) : [];
    },
    prepareChange: (wish) => prepare(wish, door),
    commitChange: ({ nonce, name }) => inTurn(() => commit(nonce, name ?? null, door)),
    undoChange: ({ id, name }) => inTurn(() => undo(id, name ?? null, door)),
    async changes() {
      if (desk.journal.all().some(isOrphan)) await inTurn(settleAll);
      return toChanges(desk.journal.all()).toReversed();
    },
  });
}
