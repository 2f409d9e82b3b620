import type { Millis } from "../../../shared/model/units.ts";
import type { Span } from "../../charts/span.ts";
import { charted, type Timeline } from "./timeline.ts";

/** Steps that a plot shows at the least; much more than one a pixel would only make a line thick. */
const leastSteps = 300;
const lengths: readonly Millis[] = [10_000, 5_000, 2_000];

/** How long a drawn step is for a stretch of time: a second in five minutes, two in fifteen, ten in an hour. */
export const stepFor = ({ from, to }: Span): Millis =>
  lengths.find((length) => (to - from) / length >= leastSteps) ?? 1_000;

/**
 * The timeline in steps of at least `length` ms: the mean of what was known in each, least and greatest of the cores. A
 * step without any value ends the one before it, so that a gap stays a gap. The last step may be a part of one.
 */
export function coarse(timeline: Timeline, length: Millis): Timeline {
  if (length <= 1_000) return timeline;
  const groups = groupsOf(timeline, length);
  const mean = (values: readonly number[]) => groups.map((group) => meanOf(values, group));
  return {
    at: groups.map(({ from, to }) => ((timeline.at[from] ?? 0) + (timeline.at[to - 1] ?? 0)) / 2),
    step: groups.map(({ from, to }) => (to - from === 1 ? (timeline.step[from] ?? length) : length)),
    figures: Object.fromEntries(
      charted.map((name) => [name, mean(timeline.figures[name])]),
    ) as unknown as Timeline["figures"],
    coresMin: groups.map((group) => foldOf(timeline.coresMin, group, Math.min)),
    coresMax: groups.map((group) => foldOf(timeline.coresMax, group, Math.max)),
  };
}

type Group = { readonly from: number; readonly to: number };

function groupsOf({ at, figures }: Timeline, length: Millis): readonly Group[] {
  const gap = at.map((_, index) => charted.every((name) => Number.isNaN(figures[name][index])));
  const place = (index: number) => Math.floor((at[index] ?? 0) / length);
  const groups: Group[] = [];
  let from = 0;
  for (let index = 1; index <= at.length; index++) {
    const goes = index < at.length && place(index) === place(from) && !gap[index] && !gap[index - 1];
    if (goes) continue;
    groups.push({ from, to: index });
    from = index;
  }
  return at.length === 0 ? [] : groups;
}

/** Folds the known values; NaN where none is known. */
function foldOf(
  values: readonly number[],
  { from, to }: Group,
  fold: (a: number, b: number) => number,
): number {
  let found = Number.NaN;
  for (let index = from; index < to; index++) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isNaN(value)) found = Number.isNaN(found) ? value : fold(found, value);
  }
  return found;
}

function meanOf(values: readonly number[], { from, to }: Group): number {
  let [sum, known] = [0, 0];
  for (let index = from; index < to; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return known > 0 ? sum / known : Number.NaN;
}
