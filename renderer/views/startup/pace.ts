import type { Kind } from "../../../shared/model/instance.ts";
import type { Race, Wish } from "../../../shared/model/race.ts";
import type { Millis } from "../../../shared/model/units.ts";

/** From one request to the next: what a run takes in all, with stopping and cleaning up. The middle one of a race. */
function pace({ trials }: Race, kind: Kind): Millis | null {
  const takes = trials
    .flatMap((trial, index) => {
      const next = trials[index + 1];
      return next && trial.kind === kind && trial.trouble === null ? [next.at - trial.at] : [];
    })
    .sort((one, other) => one - other);
  return takes[Math.floor(takes.length / 2)] ?? null;
}

/**
 * How long a wished race takes, about: by the newest earlier race in which each kind ran, of the same subject if there is
 * one. null: one of the kinds was never run here.
 */
export function guess(wish: Wish, races: readonly Race[]): Millis | null {
  let sum = 0;
  for (const kind of wish.kinds) {
    const same = races.filter((race) => JSON.stringify(race.wish.subject) === JSON.stringify(wish.subject));
    const one = [...same, ...races].map((race) => pace(race, kind)).find((each) => each !== null);
    if (one === undefined || one === null) return null;
    sum += one * (wish.runs + wish.warmup);
  }
  return sum;
}
