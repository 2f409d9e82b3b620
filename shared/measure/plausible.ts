/** An exabyte, or as many of anything else: no computer of today can have meant it. */
const most = 2 ** 60;

/** Clocks of two cores differ a little, and so may a figure from the capacity of the host: 2 % over is still believed. */
export const slack = 1.02;

/**
 * `value` where it can be true, else null: negative, not a number, over `capacity` or over 2^60 is refused, since a false
 * figure is worse than none. Source: docs/measuring.md#refused-values. 3 cores on a host of 2 threads are refused.
 */
export function plausible(value: number | null, capacity = most): number | null {
  return value !== null && value >= 0 && value <= Math.min(capacity, most) ? value : null;
}

/**
 * The sum of what is known of `parts`; null where nothing is. A part that is not known has a figure of its own, which is
 * null, so that a page can say "at least". 3 MiB of kernel memory and unknown helpers: 3 MiB.
 */
export function sumOfKnown(...parts: readonly (number | null)[]): number | null {
  let sum: number | null = null;
  for (const part of parts) if (part !== null) sum = (sum ?? 0) + part;
  return sum;
}
