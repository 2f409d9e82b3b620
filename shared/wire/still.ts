import type { Sample } from "../figures.ts";
import type { Frame } from "./frames.ts";

/**
 * A frame as it goes over a pipe: of the instances that were weighed, those whose figures are the ones that went with the
 * frame before stand in `still`, by slot, as [first, how many, first, how many, …]; they have no row. On an idle computer
 * that is nearly all of them: 300 rows are 100 KB.
 */
export type SentFrame = Frame & { readonly still: readonly number[] };

/**
 * Leaves out rows that did not change since the last frame of this pipe. One for each pipe. Which did not is told by the
 * sample's identity: the sampler hands out the same object while no figure is another one.
 */
export function leaveOutStill(): (frame: Frame) => SentFrame {
  let last: ReadonlyMap<number, Sample> = new Map();
  return (frame) => {
    const before = frame.whole ? nothing : last;
    last = frame.rows;
    const rows = new Map<number, Sample>();
    const still: number[] = [];
    for (const [slot, sample] of frame.rows) {
      if (before.get(slot) !== sample) rows.set(slot, sample);
      else if (slot === next(still)) still[still.length - 1] = (still.at(-1) ?? 0) + 1;
      else still.push(slot, 1);
    }
    return { ...frame, rows, still };
  };
}

/**
 * Puts them back, at the other end: each frame is as it was. Both ends remember the rows of the last frame and no others.
 * Throws a RangeError where a row is to stand still that the frame before did not have.
 */
export function putBackStill(): (sent: SentFrame) => Frame {
  let last: ReadonlyMap<number, Sample> = new Map();
  return ({ still, ...frame }) => {
    const rows = new Map(frame.rows);
    for (let at = 0; at < still.length; at += 2) {
      const [first = 0, count = 0] = still.slice(at, at + 2);
      for (let slot = first; slot < first + count; slot++) {
        const sample = last.get(slot);
        if (sample === undefined) throw new RangeError("frame: a row stands still that was not there");
        rows.set(slot, sample);
      }
    }
    last = rows;
    return { ...frame, rows };
  };
}

const nothing: ReadonlyMap<number, Sample> = new Map();

/** The slot that would go on the last run of `still`; null: there is none. */
const next = (still: readonly number[]): number | null =>
  still.length === 0 ? null : (still.at(-2) ?? 0) + (still.at(-1) ?? 0);
