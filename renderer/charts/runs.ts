/** Values over time; NaN is a step without a value. */
export type Values = { readonly length: number; readonly [index: number]: number };

/** A stretch without a gap: indices `from` up to and without `to`. */
export type Run = { readonly from: number; readonly to: number };

/**
 * The stretches in which a line may be drawn. A line never crosses a NaN, nor a hole in time: more than `most` ms
 * between two neighbours (`at` in ms, ascending; left out: the steps are even, only NaN parts them).
 */
export function runs(values: Values, at?: Values, most = Number.POSITIVE_INFINITY): readonly Run[] {
  const found: Run[] = [];
  let from = -1;
  for (let index = 0; index < values.length; index++) {
    const known = !Number.isNaN(values[index]);
    const torn = from >= 0 && at !== undefined && (at[index] as number) - (at[index - 1] as number) > most;
    if (from >= 0 && (!known || torn)) {
      found.push({ from, to: index });
      from = -1;
    }
    if (known && from < 0) from = index;
  }
  if (from >= 0) found.push({ from, to: values.length });
  return found;
}
