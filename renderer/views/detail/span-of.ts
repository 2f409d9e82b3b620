import type { Millis } from "../../../shared/model/units.ts";
import type { Span } from "../../charts/span.ts";
import { stepFor } from "./coarse.ts";

/** Time ranges of the panel, in minutes; all lie within the hour of history. */
export const ranges = ["5", "15", "60"] as const;
export type Range = (typeof ranges)[number];

export const minutes: Millis = 60_000;

/**
 * The stretch that is shown: what was zoomed to, else the last minutes. Its right end is the end of the step that `now`
 * lies in (a step is about a pixel): what is drawn stays as it is until a step is over.
 */
export function spanOf(range: Range, zoom: Span | null, now: Millis): Span {
  if (zoom !== null) return zoom;
  const length = Number(range) * minutes;
  const step = stepFor({ from: 0, to: length });
  const to = Math.ceil(now / step) * step;
  return { from: to - length, to };
}

/** A zoom shorter than ten seconds shows a handful of points: it is widened around its middle. */
export function zoomTo(span: Span): Span {
  const middle = (span.from + span.to) / 2;
  const half = Math.max(5_000, (span.to - span.from) / 2);
  return { from: middle - half, to: middle + half };
}

/** The next longer (`step` 1) or shorter (-1) range; at the ends it stays. */
export const otherRange = (range: Range, step: 1 | -1): Range =>
  ranges[Math.min(ranges.length - 1, Math.max(0, ranges.indexOf(range) + step))] ?? range;

/** What a panel opens with: a quarter of an hour, or five minutes for what is younger than these. */
export const firstRange = (startedAt: Millis | null, now: Millis | null): Range =>
  startedAt !== null && now !== null && now - startedAt < 5 * minutes ? "5" : "15";
