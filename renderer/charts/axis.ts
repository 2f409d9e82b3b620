/** The upper end of an axis that starts at 0, and its labelled values. */
export type Axis = { readonly high: number; readonly ticks: readonly number[] };

/** Pixels that one labelled step of an axis takes at least. */
const leastStep = 35;

/** How an axis steps: bytes by doubling, cores below one by 1, 2.5 and 5 (quarters of a core), all else by 1, 2 and 5. */
export type AxisKind = "bytes" | "cores" | "fraction";

/**
 * An axis from 0 over `largest`, for a plot of `height` pixels. The upper end is a half step above the largest value, so that it seldom moves.
 */
export function axis(largest: number, kind: AxisKind, height: number): Axis {
  // Nothing known, or nothing used: an axis that claims no scale.
  if (largest <= 0) return { high: 1, ticks: [0] };
  const most = Math.max(2, Math.floor(height / leastStep));
  const step = stepFor(largest / most, kind, largest);
  const half = step / 2;
  const high = Math.max(step, Math.ceil((largest * 1.06) / half) * half);
  const ticks: number[] = [];
  for (let count = 0; count * step <= high; count++) ticks.push(count * step);
  return { high, ticks };
}

/** The smallest step of its family that is not below `least`. */
function stepFor(least: number, kind: AxisKind, largest: number): number {
  // A hair of tolerance: 0.5 / 2 must find 0.25, whatever binary fractions make of it.
  if (kind === "bytes") return 2 ** Math.ceil(Math.log2(least) - 1e-9);
  const power = 10 ** Math.floor(Math.log10(least));
  const family = kind === "cores" && largest <= 1 ? [1, 2.5, 5, 10] : [1, 2, 5, 10];
  const factor = family.find((each) => each * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}
