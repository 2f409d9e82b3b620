/**
 * The quantile `p` (0..1) of values that are sorted upwards, by R's default type 7: linear between the two values around
 * position (n - 1) p. null of no values. Source: Hyndman and Fan, Sample Quantiles in Statistical Packages (1996).
 * 1, 2, 3, 4 at 0.5: position 1.5, so 2.5.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
  const position = (sorted.length - 1) * Math.min(1, Math.max(0, p));
  const below = Math.floor(position);
  const lower = sorted[below];
  const upper = sorted[Math.ceil(position)];
  return lower === undefined || upper === undefined ? null : lower + (upper - lower) * (position - below);
}
