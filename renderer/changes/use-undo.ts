import { useState } from "react";
import type { Change } from "../../shared/model/change.ts";
import { type ChangeRefused, undoChange } from "../state/changes.ts";

/** idle · undoing · asking: its name has to be typed · refused: it can't be undone · undone. */
export type Undo = {
  readonly phase: "idle" | "undoing" | "asking" | "refused" | "undone";
  /** Why it is asked for its name, or can't be undone. */
  readonly refused: ChangeRefused | null;
  /** What undoing made of the change. */
  readonly after: Change | null;
};

const atFirst: Undo = { phase: "idle", refused: null, after: null };

/** Undoes one change, and asks for the name of what it is of where the machine's side wants it. */
export function useUndo(id: number): Undo & { undo(name: string | null): Promise<void>; leave(): void } {
  const [state, setState] = useState<Undo>(atFirst);
  const undo = async (name: string | null) => {
    if (state.phase === "undoing" || state.phase === "undone") return;
    setState({ ...atFirst, phase: "undoing" });
    const reply = await undoChange(id, name);
    if ("change" in reply) return setState({ phase: "undone", refused: null, after: reply.change });
    const { refused } = reply;
    const asks = refused !== "lost" && (refused.code === "name" || refused.code === "below-use");
    setState({ phase: asks ? "asking" : "refused", refused, after: null });
  };
  return { ...state, undo, leave: () => setState(atFirst) };
}
