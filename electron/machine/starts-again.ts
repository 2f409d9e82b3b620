import type { Millis } from "../../shared/model/units.ts";

/** Whatever falls more often than so within a minute does not get better by one start more. */
export const mostStarts = 3;
const within: Millis = 60_000;

/** Tells at each fall whether to start again what fell: not at the fourth within a minute. */
export function startsAgain(): () => boolean {
  let falls: Millis[] = [];
  return () => {
    const now = performance.now();
    falls = [...falls.filter((at) => now - at < within), now];
    return falls.length <= mostStarts;
  };
}
