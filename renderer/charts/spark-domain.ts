import type { Values } from "./runs.ts";

/**
 * Lowest and highest value of a sparkline's field. `fromZero` (CPU): 0 to its own maximum. Else (memory, shape only):
 * the values' own range, but at least 5 % around their middle, so that noise does not look like a mountain.
 * Nothing known: 0 to 1.
 */
export function sparkDomain(
  values: Values,
  fromZero: boolean,
): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { low: 0, high: 1 };
  if (fromZero) return { low: 0, high: high > 0 ? high : 1 };
  const middle = (low + high) / 2;
  const least = Math.abs(middle) * 0.05 || 1;
  return { low: Math.min(low, middle - least), high: Math.max(high, middle + least) };
}
