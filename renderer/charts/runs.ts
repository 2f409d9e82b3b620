/** Values over time; NaN is a step without a value. */
export type Values = { readonly length: number; readonly [index: number]: number };

/** A stretch without a gap: indices `from` up to and without `to`. */
export type Run = { readonly from: number; readonly to: number };

/** Steps of a series: when each was taken and how long it is, in ms, oldest first. */
export type Steps = { readonly at: Values; readonly step: Values };

/**
 * The stretches in which a line may be drawn. A line never crosses a NaN, nor a hole in time: more than three steps
 * between two neighbours. `steps` left out: the steps are even, only NaN parts them.
 */
export function runs(values: Values, steps?: Steps): readonly Run[] {
  const found: Run[] = [];
  let from = -1;
  for (let index = 0; index < values.length; index++) {
    const known = !Number.isNaN(values[index]);
    if (from >= 0 && (!known || (steps !== undefined && torn(steps, index)))) {
      found.push({ from, to: index });
      from = -1;
    }
    if (known && from < 0) from = index;
  }
  if (from >= 0) found.push({ from, to: values.length });
  return found;
}

/** Whether time is missing between step `index` and the one before it. Where steps of 10 s meet steps of 1 s, the longer one counts. */
export function torn({ at, step }: Steps, index: number): boolean {
  if (index === 0) return false;
  const longest = Math.max(step[index] as number, step[index - 1] as number);
  return (at[index] as number) - (at[index - 1] as number) > 3 * longest;
}
