import { clockTime } from "../../../shared/format.ts";
import type { Millis } from "../../../shared/model/units.ts";

/** How a language writes a day: its months are 0 to 11. */
export type DayWords = (day: number, month: number) => string;

/** "21 Nov 17:40" of a moment, at `offset` minutes east of UTC. */
export function dayAndTime(at: Millis, offset: number, words: DayWords): string {
  const local = new Date(at + offset * 60_000);
  return `${words(local.getUTCDate(), local.getUTCMonth())} ${clockTime(at, offset).slice(0, 5)}`;
}
