import type { RaceNews } from "../../shared/model/race.ts";
import type { Millis } from "../../shared/model/units.ts";
import type { Clock } from "../machine/clock.ts";

/** What there is to tell of the race that is on, held for who asks until something changes. */
export type News = {
  tell(news: Omit<RaceNews, "revision">): void;
  /** The race is over: its end is told to who followed it, and nothing to others. */
  end(): void;
  next(after: number): Promise<RaceNews | null>;
};

/** An answer is held no longer, so that a page sees that Tare is there. */
const held: Millis = 20_000;

export function openNews(clock: Clock, signal: AbortSignal): News {
  let latest: RaceNews | null = null;
  let on = false;
  let revision = 0;
  let first = 0;
  let changed = new AbortController();
  const change = () => {
    const before = changed;
    changed = new AbortController();
    before.abort();
  };
  const answer = (after: number): RaceNews | null => {
    if (on || latest === null) return latest;
    return after >= first - 1 && after < latest.revision ? latest : null;
  };
  return {
    tell(news) {
      latest = { ...news, revision: ++revision };
      if (!on) first = revision;
      on = true;
      change();
    },
    end() {
      on = false;
      change();
    },
    async next(after) {
      // A number that is not of this run of Tare: a page that was there before it was started again.
      const known = Math.min(after, revision);
      if (on && latest !== null && latest.revision <= known)
        await clock.after(held, AbortSignal.any([changed.signal, signal])).catch(() => undefined);
      return answer(after);
    },
  };
}
