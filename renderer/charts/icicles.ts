import { firstFrom } from "./nearest.ts";
import type { Steps, Values } from "./runs.ts";
import type { Span } from "./span.ts";

/** A bar that hangs from the top of a plot: left edge and width in pixels, `share` of the periods, 0 to 1. */
export type Icicle = { readonly x: number; readonly width: number; readonly share: number };

/**
 * Throttling as bars of `each` pixels: the mean share of the periods in each. Bars stand on fixed moments, so that they
 * move with the time instead of flickering. Nothing throttled, or not measured: no bar.
 */
export function icicles(
  shares: Values,
  steps: Steps,
  span: Span,
  width: number,
  each: number,
): readonly Icicle[] {
  const length = ((span.to - span.from) * each) / Math.max(1, width);
  const found: Icicle[] = [];
  let index = firstFrom(steps.at, span.from);
  for (let start = Math.floor(span.from / length) * length; start < span.to; start += length) {
    let [sum, time] = [0, 0];
    for (; index < shares.length && (steps.at[index] as number) < start + length; index++) {
      const share = shares[index] as number;
      if (Number.isNaN(share)) continue;
      sum += share * (steps.step[index] as number);
      time += steps.step[index] as number;
    }
    const share = time > 0 ? sum / time : 0;
    if (share > 0.005) found.push({ x: ((start - span.from) / length) * each, width: each, share });
  }
  return found;
}

/** Stretches of bars that touch (one empty place between two is bridged): the light bands behind them, in pixels. */
export function bandsOf(bars: readonly Icicle[]): readonly { readonly x: number; readonly width: number }[] {
  const bands: { x: number; width: number }[] = [];
  for (const { x, width } of bars) {
    const last = bands.at(-1);
    if (last && x - (last.x + last.width) <= width * 1.01) last.width = x + width - last.x;
    else bands.push({ x, width });
  }
  return bands;
}
