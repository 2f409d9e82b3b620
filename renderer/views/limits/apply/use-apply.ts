import { useCallback, useEffect, useRef, useState } from "react";
import type { Change, ChangeTrouble, ChangeWish, Mend, Prepared } from "../../../../shared/model/change.ts";
import type { Millis } from "../../../../shared/model/units.ts";
import { type ChangeRefused, commitChange } from "../../../state/changes.ts";
import { call } from "../../../state/channel.ts";

/** What the user chose: the amount, and where it is set. */
export type Chosen = Pick<ChangeWish, "to" | "now" | "file">;

/** looking: it is being read · ready: it can be confirmed · barred: not so, `barred` says why · applying · done. */
type Phase = "looking" | "ready" | "barred" | "applying" | "done";

export type Applying = {
  readonly phase: Phase;
  readonly chosen: Chosen;
  /** Every way to set the chosen amount; null: not told yet. */
  readonly mends: readonly Mend[] | null;
  /** What it would do, as it was read last. While another amount is looked at, that of the one before. */
  readonly prepared: Prepared | null;
  /** When that was read, by this page's clock. */
  readonly readAt: Millis | null;
  /** The limit in force is another than when the dialog opened. */
  readonly moved: boolean;
  /** Why it can't be done as it is chosen; null: nothing is in the way. */
  readonly barred: ChangeRefused | null;
  /** Why it was not done when it was confirmed last; told until something else is chosen. */
  readonly refused: ChangeRefused | null;
  /** What was done. */
  readonly change: Change | null;
};

/** A prepared change is good for a minute: it is read again well before. */
const freshFor: Millis = 20_000;
/** While an amount is typed, nothing is asked. */
const typing: Millis = 200;

type Of = Pick<ChangeWish, "instance" | "resource">;

/** Where an amount can be set by Tare: in what runs, and in the file that it was made from. */
export const nowMend = (mends: readonly Mend[] | null): Mend | null =>
  mends?.find(({ now, appliable }) => now && appliable) ?? null;
export const fileMend = (mends: readonly Mend[] | null): Mend | null =>
  mends?.find(({ now, target }) => !now && target === "compose") ?? null;

/** Reads, prepares and commits one change of one instance, as the user chooses. */
export function useApply({ instance, resource }: Of, proposed: number) {
  const [state, setState] = useState<Applying>({
    phase: "looking",
    chosen: { to: proposed, now: true, file: true },
    mends: null,
    prepared: null,
    readAt: null,
    moved: false,
    barred: null,
    refused: null,
    change: null,
  });
  const set = useCallback(
    (change: Partial<Applying>) => setState((before) => ({ ...before, ...change })),
    [],
  );
  const first = useRef<{ readonly from: number | null } | null>(null);
  const [turn, setTurn] = useState(0);
  const { to, now, file } = state.chosen;
  const told = state.mends !== null;

  useEffect(() => {
    let gone = false;
    const ask = async () => {
      const mends = await call("mends", { instance, resource, to }).catch(() => null);
      if (gone) return;
      if (mends === null) return set({ barred: "lost", phase: "barred" });
      setState((before) => ({
        ...before,
        mends,
        // At first all that is possible is chosen; afterwards the user's choice stands.
        chosen: before.mends === null ? { ...before.chosen, ...possible(mends) } : before.chosen,
      }));
    };
    const timer = window.setTimeout(() => void ask(), first.current === null ? 0 : typing);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [instance, resource, to, set]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn is why it is read again
  useEffect(() => {
    if (!told || (!now && !file)) return;
    let gone = false;
    const read = async () => {
      const reply = await call("prepareChange", { instance, resource, to, now, file }).catch(() => null);
      if (gone) return;
      setState((before) => {
        // Confirmed meanwhile: what was read here says nothing any more.
        if (before.phase === "applying" || before.phase === "done") return before;
        if (reply === null || "trouble" in reply)
          return { ...before, phase: "barred", barred: reply === null ? "lost" : reply.trouble };
        first.current ??= { from: reply.from };
        const moved = first.current.from !== reply.from;
        return {
          ...before,
          phase: "ready",
          // Limits are set in whole steps: what was typed becomes the amount that can be set.
          chosen: { ...before.chosen, to: reply.to },
          prepared: reply,
          readAt: Date.now(),
          moved,
          barred: null,
        };
      });
    };
    const timer = window.setTimeout(() => void read(), first.current === null ? 0 : typing);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [instance, resource, to, now, file, told, turn, set]);

  const waits = state.phase === "ready" || state.phase === "barred";
  useEffect(() => {
    if (!waits) return;
    const timer = window.setInterval(() => setTurn((before) => before + 1), freshFor);
    return () => window.clearInterval(timer);
  }, [waits]);

  const choose = useCallback(
    (change: Partial<Chosen>) =>
      setState((before) => ({
        ...before,
        phase: "looking",
        barred: null,
        refused: null,
        chosen: { ...before.chosen, ...change },
      })),
    [],
  );
  const commit = async (name: string | null) => {
    if (state.phase !== "ready" || state.prepared === null) return;
    set({ phase: "applying", refused: null });
    const reply = await commitChange(state.prepared.nonce, name);
    if ("change" in reply) return set({ phase: "done", change: reply.change });
    // After any other trouble what was prepared is good no more.
    const again = codeOf(reply.refused) !== "name";
    set({ refused: reply.refused, phase: again ? "looking" : "ready" });
    if (again) setTurn((before) => before + 1);
  };
  return { ...state, choose, commit, retry: () => setTurn((before) => before + 1) };
}

const possible = (mends: readonly Mend[]): Pick<Chosen, "now" | "file"> => {
  const [now, file] = [nowMend(mends), fileMend(mends)];
  return {
    now: now !== null && now.trouble === null,
    file: file?.appliable === true && file.trouble === null,
  };
};

export const codeOf = (refused: ChangeRefused | null): ChangeTrouble["code"] | "lost" | null =>
  refused === null || refused === "lost" ? refused : refused.code;
