import type { Instance } from "../../shared/model/instance.ts";
import type { Millis } from "../../shared/model/units.ts";
import type { Stay } from "./recording.ts";

/** Who exists at any moment of a recording. Pure. */
export type Scene = {
  at(moment: Millis): readonly Instance[];
  /** What changed after `before` up to and including `moment`: a tick's `came` and `went`. */
  since(
    before: Millis,
    moment: Millis,
  ): { readonly came: readonly Instance[]; readonly went: readonly string[] };
};

/** `stays` in the order of their beginning. An instance whose facts changed has one stay ending where the next begins. */
export function scene(stays: readonly Stay[]): Scene {
  const ends = stays.filter(({ until }) => until !== null).sort((a, b) => end(a) - end(b));
  const there = (moment: Millis) => (stay: Stay) => stay.since <= moment && moment < end(stay);
  const at = (moment: Millis) =>
    stays
      .slice(0, after(stays, start, moment))
      .filter(there(moment))
      .map(({ instance }) => instance);
  return {
    at,
    since(before, moment) {
      const begun = stays.slice(after(stays, start, before), after(stays, start, moment));
      const over = ends.slice(after(ends, end, before), after(ends, end, moment));
      if (begun.length === 0 && over.length === 0) return { came: [], went: [] };
      const present = new Set(at(moment).map(({ id }) => id));
      const gone = over.map(({ instance }) => instance.id).filter((id) => !present.has(id));
      return {
        came: begun.filter(there(moment)).map(({ instance }) => instance),
        went: [...new Set(gone)],
      };
    },
  };
}

const start = ({ since }: Stay): Millis => since;
const end = ({ until }: Stay): Millis => until ?? Number.POSITIVE_INFINITY;

/** Index of the first stay whose `key` is after `moment`, in an order by that key. */
function after(stays: readonly Stay[], key: (stay: Stay) => Millis, moment: Millis): number {
  let low = 0;
  let high = stays.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(stays[middle] as Stay) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
