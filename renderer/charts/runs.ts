/** Values over time; NaN is a step without a value. */
export type Values = { readonly length: number; readonly [index: number]: number };

/** A stretch without a gap: indices `from` up to and without `to`. */
export type Run = { readonly from: number; readonly to: number };

/** Steps of a series: when each was taken (the middle of a mean) and how long it is, in ms, oldest first. */
export type Steps = { readonly at: Values; readonly step: Values };

/** The stretches in which a line may be drawn: a line never crosses a step without a value. */
export function runs(values: Values): readonly Run[] {
  const found: Run[] = [];
  let from = -1;
  for (let index = 0; index < values.length; index++) {
    const known = !Number.isNaN(values[index]);
    if (known === from >= 0) continue;
    if (!known) found.push({ from, to: index });
    from = known ? index : -1;
  }
  if (from >= 0) found.push({ from, to: values.length });
  return found;
}
