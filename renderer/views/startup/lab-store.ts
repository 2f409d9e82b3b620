import { create } from "zustand";
import type { LabImage, LabPart, LabTrouble, Race, RaceNews, Wish } from "../../../shared/model/race.ts";
import { CallFailure } from "../../../shared/wire/channel.ts";
import { call } from "../../state/channel.ts";

/** What the page knows of the lab. null: not told yet. */
export type LabState = {
  readonly parts: readonly LabPart[] | null;
  readonly images: readonly LabImage[] | null;
  /** The race that is on; null: none is. */
  readonly news: RaceNews | null;
  /** The one that ended last while this screen was shown: it is in view before the kept ones were asked for. */
  readonly ended: Race | null;
  /** The race whose result is shown; null: the choice before a race. */
  readonly shown: string | null;
  /** Why the last race could not begin; null: nothing was refused. */
  readonly refused: LabTrouble | null;
  readonly starting: boolean;
  readonly stopping: boolean;
};

export const nothingTold: LabState = {
  parts: null,
  images: null,
  news: null,
  ended: null,
  shown: null,
  refused: null,
  starting: false,
  stopping: false,
};

export const useLab = create<LabState>()(() => nothingTold);

/** Whether a race is still going on. */
export const isOn = ({ state }: Race): boolean => state === "preparing" || state === "racing";

let wake: (() => void) | null = null;
/** For use-lab.ts, which waits between two looks: lets it look at once. */
export const onWake = (listener: (() => void) | null): void => {
  wake = listener;
};

/** Takes what is told of the race that is on. One that ended is among the races from then on, and stays in view. */
export function takeNews(news: RaceNews | null): void {
  useLab.setState((before) => {
    if (news !== null && isOn(news.race)) return { news, shown: news.race.id };
    const ended = news?.race ?? before.news?.race ?? null;
    if (ended === null) return { news: null };
    return { news: null, stopping: false, ended };
  });
}

/** Begins a race, or says why it can't. The user's own is asked for before this. */
export async function startRace(wish: Wish): Promise<void> {
  useLab.setState({ starting: true, refused: null });
  try {
    const answer = await call("startRace", wish);
    if ("trouble" in answer) useLab.setState({ refused: answer.trouble });
    else useLab.setState({ shown: answer.id });
    wake?.();
  } catch (error) {
    useLab.setState({ refused: asTrouble(error) });
  } finally {
    useLab.setState({ starting: false });
  }
}

/** Ends the race that is on; what was measured so far stands. */
export function stopRace(): void {
  useLab.setState({ stopping: true });
  void call("stopRace", {}).then(
    () => wake?.(),
    () => useLab.setState({ stopping: false }),
  );
}

const asTrouble = (error: unknown): LabTrouble => ({
  code: "failed",
  where: error instanceof CallFailure ? error.trouble.where : "Tare",
  cause: error instanceof CallFailure ? error.trouble.cause : null,
  output: [],
});
