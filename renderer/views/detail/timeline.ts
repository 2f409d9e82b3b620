import type { FigureName, Sample } from "../../../shared/figures.ts";
import type { Millis } from "../../../shared/model/units.ts";
import type { Series } from "../../../shared/wire/calls.ts";

/** What the panel's charts are drawn from; all of it is kept in the hour of history. */
export const charted = [
  "cores",
  "cpuLimit",
  "throttledShare",
  "gross",
  "net",
  "cache",
  "tareKernel",
  "other",
  "workingSet",
  "memoryLimit",
  "inUse",
  "pids",
  "received",
  "sent",
  "read",
  "written",
  "pressureCpu",
  "pressureMemory",
  "pressureIo",
  "pressureMemoryFull",
] as const satisfies readonly FigureName[];
export type Charted = (typeof charted)[number];

/**
 * One instance over the last hour: a number a step and figure, NaN where it is unknown. `at` ascends; a mean of ten
 * seconds stands at their middle. Never changed in place: a new sample makes a new one.
 */
export type Timeline = {
  readonly at: readonly Millis[];
  /** Length of each step in ms. */
  readonly step: readonly Millis[];
  readonly figures: { readonly [name in Charted]: readonly number[] };
  /** Least and greatest cores used within a step of ten seconds; where a step is a second, both are its value. */
  readonly coresMin: readonly number[];
  readonly coresMax: readonly number[];
};

const hour: Millis = 3_600_000;
const period: Millis = 1_000;

export const emptyTimeline: Timeline = {
  at: [],
  step: [],
  figures: Object.fromEntries(charted.map((name) => [name, []])) as unknown as Timeline["figures"],
  coresMin: [],
  coresMax: [],
};

/** The history as it comes from the machine's side. A figure that it does not hold is unknown throughout. */
export function fromSeries({ at, step, figures, min, max }: Series): Timeline {
  const numbers = (values: readonly (number | null)[] | undefined) =>
    at.map((_, index) => values?.[index] ?? Number.NaN);
  return {
    at: at.map((moment, index) => moment + ((step[index] ?? period) > period ? (step[index] ?? 0) / 2 : 0)),
    step,
    figures: Object.fromEntries(
      charted.map((name) => [name, numbers(figures[name])]),
    ) as unknown as Timeline["figures"],
    coresMin: numbers(min.cores),
    coresMax: numbers(max.cores),
  };
}

/**
 * The timeline with one more sample; what is older than an hour goes. After more than three periods without a sample a
 * step without values stands between, so that no line crosses the gap. null: the sample is not newer than the last one
 * (a replay went back, the clock was set): ask for the history again.
 */
export function append(timeline: Timeline, at: Millis, sample: Sample): Timeline | null {
  const last = timeline.at.at(-1);
  if (last !== undefined && at <= last) return at === last ? timeline : null;
  const before = timeline.at.at(-2);
  // Weighed through an API the period is longer than a second: the last one tells.
  const usual = Math.max(period, last !== undefined && before !== undefined ? last - before : 0);
  const torn = last !== undefined && at - last > 3 * usual;
  const first = timeline.at.findIndex((moment) => moment >= at - hour);
  const from = first < 0 ? timeline.at.length : first;
  const grown = (values: readonly number[], value: number, between = Number.NaN) => {
    const next = values.slice(from);
    if (torn) next.push(between);
    next.push(value);
    return next;
  };
  const cores = sample.cores ?? Number.NaN;
  return {
    at: grown(timeline.at, at, (last ?? 0) + usual),
    step: grown(timeline.step, period, at - (last ?? 0) - usual),
    figures: Object.fromEntries(
      charted.map((name) => [name, grown(timeline.figures[name], sample[name] ?? Number.NaN)]),
    ) as unknown as Timeline["figures"],
    coresMin: grown(timeline.coresMin, cores),
    coresMax: grown(timeline.coresMax, cores),
  };
}
