import { useEffect } from "react";
import { create } from "zustand";
import type { Race } from "../../shared/model/race.ts";
import type { Millis } from "../../shared/model/units.ts";
import { type GivenBack, givenBack } from "../../shared/race/give-back.ts";
import { call } from "./channel.ts";
import { useWorld } from "./world.ts";

/** The races that are kept, the newest first, and what they tell of who runs now. null: not told yet. */
type Races = { readonly races: readonly Race[] | null; readonly back: GivenBack };
export const useRaces = create<Races>()(() => ({ races: null, back: givenBack([]) }));

/** All races anew. Without an answer, those that were told before stand. */
export async function lookAtRaces(): Promise<void> {
  const races = await call("races", {}).catch(() => null);
  if (races !== null) useRaces.setState({ races, back: givenBack(races) });
}

/** Stops what a race left running. */
export async function stopPair(): Promise<void> {
  await call("stopPair", {}).catch(() => null);
  await lookAtRaces();
}

/** After somebody came or went it is quiet for so long before races are looked at: a race comes and goes many times. */
const quiet: Millis = 2_000;

/**
 * Keeps races up to date while a screen is shown: at once, on a new connection or another source, and when who exists has
 * changed and stands still again, as at the end of a race, of this page or of any other. Nothing is asked meanwhile.
 */
export function useRacesWatch(): void {
  const live = useWorld(({ connection }) => connection === "live");
  const source = useWorld(({ replay }) => replay?.name ?? null);
  const ids = useWorld((world) => world.ids);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source has other races
  useEffect(() => {
    if (live) void lookAtRaces();
  }, [live, source]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: who exists is what is waited for
  useEffect(() => {
    if (!live) return;
    const timer = window.setTimeout(() => void lookAtRaces(), quiet);
    return () => window.clearTimeout(timer);
  }, [live, ids]);
}
