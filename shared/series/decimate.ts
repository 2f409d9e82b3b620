/**
 * Which rows to draw so that a line of many values looks the same with at most `points`: of each of equal stretches the
 * least and the greatest value, in their order, and one unknown (null or NaN) where there is one, so that a gap stays open.
 * The first and the last row are always among them. Indices, rising. `points` of at least 8 is meant; all rows where they
 * are few enough.
 * 0 1 9 2 3 0 4 4 in two stretches: 0 and 9, then 0 and 4.
 */
export function decimate(values: ArrayLike<number | null>, points: number): number[] {
  const { length } = values;
  if (length <= points) return Array.from({ length }, (_, index) => index);
  // Up to three of a stretch, and the two ends.
  const stretches = Math.max(1, Math.floor((points - 2) / 3));
  const kept = new Set<number>([0]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * length) / stretches);
    const to = Math.floor(((stretch + 1) * length) / stretches);
    for (const index of extremes(values, from, to)) kept.add(index);
  }
  kept.add(length - 1);
  return [...kept].sort((a, b) => a - b);
}

/** Indices of the least, the greatest and an unknown value of a stretch; up to three, in no order. */
function extremes(values: ArrayLike<number | null>, from: number, to: number): number[] {
  let least = -1;
  let greatest = -1;
  let unknown = -1;
  for (let index = from; index < to; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) unknown = index;
    else {
      if (least < 0 || value < (values[least] ?? 0)) least = index;
      if (greatest < 0 || value > (values[greatest] ?? 0)) greatest = index;
    }
  }
  return [least, greatest, unknown].filter((index) => index >= 0);
}
