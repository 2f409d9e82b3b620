import type { Bytes, Fraction, Millis } from "../model/units.ts";
import { quantile } from "../stats/quantile.ts";
import { theilSen } from "../stats/theil-sen.ts";

export type Growth = {
  /** Bytes a second. */
  readonly slope: number;
  readonly fit: Fraction;
  readonly from: Millis;
  readonly to: Millis;
  /** What it stands at, by the line. */
  readonly now: Bytes;
};

/** So many points say as much as all of them, at a fraction of the pairs. */
const points = 24;

/**
 * Steady growth of a course of bytes, by a robust line through two dozen of its points. null where it does not rise, and where it
 * slows down: what fills a cache or starts up grows fast, then ever less, and never gets there.
 */
export function growthOf(at: readonly Millis[], values: readonly Bytes[]): Growth | null {
  const first = at[0];
  const last = at.at(-1);
  if (first === undefined || last === undefined || at.length < 10) return null;
  if ((values.at(-1) ?? 0) <= (values[0] ?? 0)) return null;
  const { x, y } = thinned(at, values, first);
  const line = theilSen(x, y);
  if (line === null || line.slope <= 0) return null;
  if (hasEnded(x, y, line.slope)) return null;
  const half = x.length >> 1;
  const late = theilSen(x.slice(half), y.slice(half));
  if (late === null || late.slope < 0.5 * line.slope) return null;
  const now = line.intercept + line.slope * ((last - first) / 1_000);
  return { slope: line.slope, fit: line.fit, from: first, to: last, now };
}

/** In the last fifth of what was seen it grew by less than a third of what it should have: it has come to an end. */
function hasEnded(x: readonly number[], y: readonly number[], slope: number): boolean {
  const fifth = Math.max(2, Math.floor(y.length / 5));
  const last = middleOf(y.slice(-fifth));
  const before = middleOf(y.slice(-2 * fifth, -fifth));
  const apart = middleOf(x.slice(-fifth)) - middleOf(x.slice(-2 * fifth, -fifth));
  return last - before < 0.33 * slope * apart;
}

const middleOf = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  ) ?? 0;

/** Evenly spaced, the first and the last one among them; x in seconds after the first. */
function thinned(at: readonly Millis[], values: readonly Bytes[], first: Millis) {
  const count = Math.min(points, at.length);
  const x: number[] = [];
  const y: number[] = [];
  for (let point = 0; point < count; point++) {
    const index = Math.round((point * (at.length - 1)) / (count - 1));
    x.push(((at[index] ?? first) - first) / 1_000);
    y.push(values[index] ?? 0);
  }
  return { x, y };
}
