import type { Race } from "../../../shared/model/race.ts";
import { type Summary, summaryOf } from "../../../shared/race/summary.ts";

const known = new WeakMap<Race, Summary>();

/** The summary of a race, worked out once: its interval takes 10,000 draws, and a list shows many races. */
export function summarised(race: Race): Summary {
  const before = known.get(race);
  if (before) return before;
  const summary = summaryOf(race);
  known.set(race, summary);
  return summary;
}
