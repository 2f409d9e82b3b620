import { firstFrom } from "./nearest.ts";
import type { Steps, Values } from "./runs.ts";
import type { Span } from "./span.ts";

/** One row of a chart's table: its stretch of time and the mean of each series in it (NaN: nothing measured). */
export type Bucket = Span & { readonly means: readonly number[] };

/** Lengths of a row in ms: round ones, so that rows begin on round moments. */
const lengths = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600].map((seconds) => seconds * 1000);

/**
 * The figures of a chart as rows of even length, at most `most` of them, newest first; the row that is not over yet is
 * left out, so that a table changes when a row is complete and not each second. Means are weighed by the steps' length.
 */
export function bucketed(
  series: readonly Values[],
  steps: Steps,
  span: Span,
  most: number,
): { readonly length: number; readonly rows: readonly Bucket[] } {
  const length = lengths.find((each) => (span.to - span.from) / each <= most) ?? (lengths.at(-1) as number);
  const rows: Bucket[] = [];
  let index = firstFrom(steps.at, Math.ceil(span.from / length) * length);
  for (let from = Math.ceil(span.from / length) * length; from + length <= span.to; from += length) {
    const first = index;
    while (index < steps.at.length && (steps.at[index] as number) < from + length) index++;
    rows.push({
      from,
      to: from + length,
      means: series.map((values) => mean(values, steps.step, first, index)),
    });
  }
  return { length, rows: rows.reverse() };
}

function mean(values: Values, step: Values, from: number, to: number): number {
  let [sum, time] = [0, 0];
  for (let index = from; index < to; index++) {
    const value = values[index] as number;
    if (Number.isNaN(value)) continue;
    sum += value * (step[index] as number);
    time += step[index] as number;
  }
  return time > 0 ? sum / time : Number.NaN;
}
