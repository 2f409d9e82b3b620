import { quantile } from "./quantile.ts";
import { type Random, random } from "./random.ts";

/** A figure and where it lies with 95 % confidence. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number };

/** Enough for two digits of a bound: its standard error is below 2 % of the interval's width. */
const resamples = 10_000;

/**
 * Median of `these` / median of `those`, with the 95 % percentile bootstrap interval: both samples are drawn again with
 * replacement, 10,000 times, each on its own, and 2.5 % of the ratios lie beyond either bound. The same seed gives the same
 * interval. null where either sample is empty or a median is not above 0. One value in each: no width, which tells nothing.
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
 * 6, 8, 10 and 2, 2, 2: the ratio is 8 / 2 = 4; of three draws from 6, 8, 10 the median is 6 in 7 of 27, so low is 3, high 5.
 */
export function ratioOfMedians(
  these: readonly number[],
  those: readonly number[],
  seed: number,
): Interval | null {
  const [above, below] = [upwards(these), upwards(those)];
  const value = ratio(quantile(above, 0.5), quantile(below, 0.5));
  if (value === null) return null;
  const draw = random(seed);
  const [drawAbove, drawBelow] = [medianOfDraw(above, draw), medianOfDraw(below, draw)];
  const ratios = Float64Array.from({ length: resamples }, () => drawAbove() / drawBelow()).sort();
  return { value, low: quantile(ratios, 0.025) ?? value, high: quantile(ratios, 0.975) ?? value };
}

const upwards = (values: readonly number[]) => Float64Array.from(values).sort();

const ratio = (above: number | null, below: number | null): number | null =>
  above !== null && below !== null && above > 0 && below > 0 ? above / below : null;

/**
 * The median of as many values as there are, drawn with replacement. Counted instead of sorted: of sorted values it is enough
 * to know how often each was drawn, and a page makes the intervals of all earlier races at once.
 */
function medianOfDraw(sorted: Float64Array, draw: Random): () => number {
  const { length } = sorted;
  const drawn = new Uint16Array(length);
  const [lower, upper] = [Math.floor((length - 1) / 2), Math.ceil((length - 1) / 2)];
  return () => {
    drawn.fill(0);
    for (let left = length; left > 0; left--) {
      const at = Math.floor(draw() * length);
      drawn[at] = (drawn[at] ?? 0) + 1;
    }
    let seen = 0;
    let first = Number.NaN;
    for (let at = 0; at < length; at++) {
      seen += drawn[at] ?? 0;
      if (Number.isNaN(first) && seen > lower) first = sorted[at] ?? Number.NaN;
      if (seen > upper) return (first + (sorted[at] ?? Number.NaN)) / 2;
    }
    return Number.NaN;
  };
}
