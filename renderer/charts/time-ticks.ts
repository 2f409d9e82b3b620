import type { Span } from "./span.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const steps = [
  second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
] as const;

/** Pixels from one label to the next at least. */
const leastApart = 72;

/**
 * Labelled moments of a time axis of `width` pixels: on round minutes of the local clock (`offset` in minutes east of UTC).
 * `fine`: the step is under a minute, so seconds must be written.
 */
export function timeTicks(
  span: Span,
  width: number,
  offset: number,
): { readonly ticks: readonly number[]; readonly fine: boolean } {
  const wanted = ((span.to - span.from) * leastApart) / Math.max(1, width);
  const step = steps.find((each) => each >= wanted) ?? 24 * hour;
  const shift = offset * minute;
  const ticks: number[] = [];
  for (let at = Math.ceil((span.from + shift) / step) * step - shift; at <= span.to; at += step)
    ticks.push(at);
  return { ticks, fine: step < minute };
}
