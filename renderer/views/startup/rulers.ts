import { tick } from "../../../shared/format.ts";
import type { Fraction, Millis } from "../../../shared/model/units.ts";

/** As renderer/charts/svg-ruler.tsx draws it. */
export type Division = { readonly at: Fraction; readonly label: string; readonly minor: boolean };
export type Ruler = { readonly end: number; readonly divisions: readonly Division[] };

/** Ends of a ruler of times, and into how many steps each is cut so that all of them are round. */
const ends = [
  [1, 4],
  [1.5, 3],
  [2, 4],
  [2.5, 5],
  [3, 3],
  [4, 4],
  [5, 5],
  [6, 3],
  [8, 4],
] as const;

/** A ruler from 0 over `longest`, in ms below a second and in s from there on. */
export function timeRuler(longest: Millis): Ruler {
  const needed = Math.max(1, longest);
  const power = 10 ** Math.floor(Math.log10(needed));
  const [factor, steps] = ends.find(([each]) => each * power >= needed) ?? ([10, 4] as const);
  const end = factor * power;
  const [unit, name] = end >= 1_000 ? [1_000, "s"] : [1, "ms"];
  const divisions = Array.from({ length: 2 * steps + 1 }, (_, half) => {
    const minor = half % 2 === 1;
    const text = tick((end * half) / (2 * steps) / unit);
    return {
      at: half / (2 * steps),
      minor,
      label: minor ? "" : half === 2 * steps ? `${text} ${name}` : text,
    };
  });
  return { end, divisions };
}

/**
 * A ruler that opens a stretch of `main` of at least `longest`: the shortest round one that enlarges by a whole or a half
 * factor, which can be said. null: it would not enlarge twofold.
 */
export function lensRuler(longest: Millis, main: Ruler): Ruler | null {
  for (let needed = Math.max(1, longest); ; ) {
    const ruler = timeRuler(needed);
    const factor = main.end / ruler.end;
    if (factor < 2) return null;
    if (Math.abs(factor * 2 - Math.round(factor * 2)) < 1e-9) return ruler;
    needed = ruler.end * 1.001;
  }
}

/** The ruler's words at 1, where both took the same, and how a ratio is written below it. */
type RatioWords = { readonly equal: string; readonly times: (figure: string) => string };

export type RatioRuler = {
  readonly divisions: readonly Division[];
  /** Where a ratio stands, 0..1. */
  readonly place: (ratio: number) => Fraction;
  /** Where "equal" stands. */
  readonly origin: Fraction;
};

/** Most labels that have room beside each other. */
const mostLabels = 9;

/** A ruler on which each step doubles, over all `ratios` and 1, three doublings at the least. */
export function ratioRuler(ratios: readonly number[], words: RatioWords): RatioRuler {
  const logs = ratios.filter((each) => each > 0).map((each) => Math.log2(each));
  const low = Math.min(0, Math.floor(Math.min(0, ...logs)));
  const high = Math.max(low + 3, 1, Math.ceil(Math.max(0, ...logs)));
  const place = (ratio: number) => Math.min(1, Math.max(0, (Math.log2(ratio) - low) / (high - low)));
  const every = Math.ceil((high - low + 1) / mostLabels);
  const divisions = Array.from({ length: high - low + 1 }, (_, index): Division => {
    const power = low + index;
    const label =
      power === 0 ? words.equal : words.times(power > 0 ? tick(2 ** power) : `1/${tick(2 ** -power)}`);
    return { at: index / (high - low), label: power % every === 0 ? label : "", minor: false };
  });
  return { divisions, place, origin: (0 - low) / (high - low) };
}

/** A ruler from 0 over a count, in whole steps. */
export function countRuler(most: number): Ruler {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most / 4)));
  const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => each * 4 >= most) ?? 10);
  const steps = Math.max(1, Math.ceil(most / step));
  const divisions = Array.from({ length: steps + 1 }, (_, index) => ({
    at: index / steps,
    minor: false,
    label: tick(index * step),
  }));
  return { end: steps * step, divisions };
}
