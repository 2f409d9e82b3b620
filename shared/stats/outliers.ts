import { quantile } from "./quantile.ts";

/** Fewer say nothing of what is usual. */
const fewest = 5;
/** Modified z-score from which a value is told as an outlier. */
const far = 3.5;
/** Median absolute deviation of a normal distribution in standard deviations: the 0.75 quantile. */
const ofNormal = 0.6745;

/**
 * For each value whether it lies far from the others: 0.6745 |x - median| / MAD > 3.5, where MAD is the median of the
 * distances from the median. They are marked, never dropped: a slow run happened. Of fewer than 5 values, and where more
 * than half are equal (MAD 0), none is.
 * Source: Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993); NIST/SEMATECH e-Handbook 1.3.5.17.
 * 10, 11, 12, 13, 30: median 12, distances 2, 1, 0, 1, 18, MAD 1; 30 scores 12.1, 10 scores 1.3.
 */
export function outliers(values: readonly number[]): readonly boolean[] {
  const middle = median(values);
  const distances = values.map((value) => Math.abs(value - (middle ?? value)));
  const usual = median(distances);
  if (values.length < fewest || !usual) return values.map(() => false);
  return distances.map((distance) => (ofNormal * distance) / usual > far);
}

/** The middle of values in any order; of an even number, halfway between the two in the middle. null of none. */
export const median = (values: readonly number[]): number | null =>
  quantile(Float64Array.from(values).sort(), 0.5);
