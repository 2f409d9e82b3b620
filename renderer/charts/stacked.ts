import type { Values } from "./runs.ts";

/**
 * Lower and upper edges of parts that stand on each other. A part that is unknown where others are known takes no room
 * (it is then told as unknown beside the chart); where the first part is unknown, the whole step is a gap: NaN.
 */
export function stacked(
  parts: readonly Values[],
): readonly { readonly low: Float64Array; readonly high: Float64Array }[] {
  const length = parts[0]?.length ?? 0;
  let floor = new Float64Array(length);
  return parts.map((part) => {
    const [low, high] = [floor, new Float64Array(length)];
    for (let index = 0; index < length; index++) {
      const value = part[index] as number;
      const whole = !Number.isNaN(parts[0]?.[index] as number);
      high[index] = whole ? (low[index] as number) + (Number.isNaN(value) ? 0 : value) : Number.NaN;
    }
    floor = high;
    return { low, high };
  });
}

/** The largest known value of several series; 0 where nothing is known. Only steps within `from`..`to` (indices). */
export function largest(series: readonly Values[], from = 0, to = Number.POSITIVE_INFINITY): number {
  let found = 0;
  for (const values of series) {
    const end = Math.min(values.length, to);
    for (let index = from; index < end; index++) {
      const value = values[index] as number;
      if (value > found) found = value;
    }
  }
  return found;
}
