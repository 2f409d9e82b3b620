import { quantile } from "./quantile.ts";

/** A straight line through points, as few of them as half may be anywhere. */
export type Line = {
  /** Per unit of x. */
  readonly slope: number;
  readonly intercept: number;
  /**
   * How well it fits, 0..1: 1 - twice what four of five points lie off the line at most, as a share of what it rises over them. A
   * line that does not rise fits nothing: 0.
   */
  readonly fit: number;
};

/**
 * Theil–Sen: the median of the slopes between all pairs of points, and the median of what is left. Up to 29 % of the points
 * may be wild. null of fewer than three points, or of one x. O(n²): meant for some sixty points.
 * Source: Sen, Estimates of the regression coefficient based on Kendall's tau (1968).
 * (0, 1), (1, 3), (2, 5), (3, 700), (4, 9): six of the ten pairs say 2, so slope 2.
 */
export function theilSen(x: readonly number[], y: readonly number[]): Line | null {
  const slopes: number[] = [];
  for (let one = 0; one < x.length; one++)
    for (let other = one + 1; other < x.length; other++) {
      const run = (x[other] ?? 0) - (x[one] ?? 0);
      if (run !== 0) slopes.push(((y[other] ?? 0) - (y[one] ?? 0)) / run);
    }
  if (x.length < 3 || slopes.length === 0) return null;
  const slope = medianOf(slopes);
  const intercept = medianOf(x.map((at, index) => (y[index] ?? 0) - slope * at));
  const apart = x.map((at, index) => Math.abs((y[index] ?? 0) - intercept - slope * at));
  const off = quantile(
    apart.sort((a, b) => a - b),
    0.8,
  );
  const rise = Math.abs(slope * ((x.at(-1) ?? 0) - (x[0] ?? 0)));
  return { slope, intercept, fit: rise > 0 ? Math.max(0, 1 - (2 * (off ?? 0)) / rise) : 0 };
}

function medianOf(values: number[]): number {
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  const upper = values[middle] ?? 0;
  return values.length % 2 === 1 ? upper : (upper + (values[middle - 1] ?? 0)) / 2;
}
