import { type AxisKind, axis } from "./axis.ts";
import { gaps } from "./gaps.ts";
import { firstFrom } from "./nearest.ts";
import type { Mark, Picture } from "./plot.ts";
import type { Values } from "./runs.ts";
import type { Span } from "./span.ts";
import { largest } from "./stacked.ts";

export type Frame = { readonly span: Span; readonly moments: readonly number[]; readonly height: number };

/** A picture, and whether its limit lies above what the axis shows (then words beside it say so). */
export type Framed = Picture & { readonly limitAbove: boolean };

/** A limit this many times above all that was used would flatten the plot: it stays outside. */
const farAbove = 4;

/**
 * Puts marks into a frame whose axis holds all that is shown, and the limit where it is near enough. `known`: where it has no
 * value there is a gap; `slack`: time in ms at the right end that is none, since the newest sample is up to this old.
 */
export function framed(
  { at, step }: Picture["steps"],
  { span, moments, height }: Frame,
  kind: AxisKind,
  shown: readonly Values[],
  limits: Values | null,
  known: Values,
  marks: readonly Mark[],
  slack: number,
): Framed {
  const steps = { at, step };
  const [from, to] = [firstFrom(at, span.from), firstFrom(at, span.to + 1)];
  const most = largest(shown, from, to);
  const limit = limits === null ? 0 : largest([limits], from, to);
  const inside = limit <= most * farAbove || most === 0;
  const { high, ticks } = axis(Math.max(most, inside ? limit : 0), kind, height);
  return {
    span,
    steps,
    high,
    levels: ticks,
    moments,
    marks,
    gaps: gaps(known, steps, span, slack),
    limitAbove: !inside,
  };
}
