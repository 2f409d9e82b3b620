import { runs, type Steps, type Values } from "./runs.ts";
import type { Span } from "./span.ts";

/**
 * The stretches inside `span` in which nothing was measured: before the first value, between two runs, after the last.
 * `slack` ms at the right end are no gap: the newest sample is always a little old.
 */
export function gaps(values: Values, steps: Steps, span: Span, slack: number): readonly Span[] {
  const found: Span[] = [];
  let free = span.from;
  for (const { from, to } of runs(values)) {
    const [start, end] = [steps.at[from] as number, steps.at[to - 1] as number];
    if (end < span.from) continue;
    if (start > span.to) break;
    if (start - free > slack) found.push({ from: free, to: start });
    free = Math.max(free, end);
  }
  if (span.to - free > slack) found.push({ from: free, to: span.to });
  return found;
}
