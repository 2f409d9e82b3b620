import { create } from "zustand";
import type { Change, ChangeTrouble } from "../../shared/model/change.ts";
import { call } from "./channel.ts";

/** Why a change was not made or undone; `lost`: Tare did not answer, so it may have been. */
export type ChangeRefused = ChangeTrouble | "lost";
export type Changed = { readonly change: Change } | { readonly refused: ChangeRefused };

/** What Tare changed on this machine, the newest first; null: not told yet. `failed`: it could not be told. */
type Changes = { readonly list: readonly Change[] | null; readonly failed: boolean };
export const useChanges = create<Changes>()(() => ({ list: null, failed: false }));

/** Asks for the history of changes anew; without an answer, what was told before stands. */
export async function loadChanges(): Promise<void> {
  const list = await call("changes", {}).catch(() => null);
  useChanges.setState(list === null ? { failed: true } : { list, failed: false });
}

/** Makes a prepared change; `name`: as it was typed. */
export const commitChange = (nonce: string, name: string | null): Promise<Changed> =>
  told(call("commitChange", name === null ? { nonce } : { nonce, name }));

/** Puts back what a change found. */
export const undoChange = (id: number, name: string | null): Promise<Changed> =>
  told(call("undoChange", name === null ? { id } : { id, name }));

async function told(
  asked: Promise<{ readonly change: Change } | { readonly trouble: ChangeTrouble }>,
): Promise<Changed> {
  const reply = await asked.catch(() => null);
  void loadChanges();
  if (reply === null) return { refused: "lost" };
  return "change" in reply ? reply : { refused: reply.trouble };
}

/** The newest change that can be undone; null: there is none. */
export const newestUndoable = (list: readonly Change[] | null): Change | null =>
  list?.find(({ undoable }) => undoable) ?? null;
