import type { Kind } from "../../../shared/model/instance.ts";
import type { Race } from "../../../shared/model/race.ts";
import type { Millis } from "../../../shared/model/units.ts";
import type { PhaseName } from "../../../shared/race/phases.ts";
import type { Half, Summary } from "../../../shared/race/summary.ts";
import { lensRuler, type Ruler, timeRuler } from "./rulers.ts";

/** How strong each phase is drawn: 0 light within an outline, 3 in full. */
export const shades: { readonly [name in PhaseName]: 0 | 1 | 2 | 3 } = {
  create: 0,
  start: 1,
  process: 2,
  qemu: 0,
  firmware: 0,
  kernel: 1,
  init: 2,
  ready: 3,
};

/** Kinds that have something to show. */
export const shownKinds = ({ halves }: Summary): readonly Kind[] =>
  (["container", "vm"] as const).filter((kind) => halves[kind].runs > 0 || halves[kind].cold.length > 0);

/** The rulers of a result: one for both, and one that opens the container's stretch of it. null: it would tell nothing more. */
export type Rulers = { readonly main: Ruler; readonly lens: Ruler | null; readonly factor: number };

/** A dot is not cut at the ruler's end, and behind a bar there is room for its figure. */
const dotRoom = 1.02;
const barRoom = 1.12;

/** Reaches over all counted runs; a cold one that lies beyond is told at the ruler's end. */
export function rulersOf({ halves }: Summary): Rulers {
  const reach = (half: Half) =>
    Math.max((half.slowest ?? Math.max(0, ...half.cold)) * dotRoom, (half.median ?? 0) * barRoom);
  const main = timeRuler(Math.max(reach(halves.container), reach(halves.vm)));
  const both = halves.container.runs > 0 && halves.vm.runs > 0;
  const lens = both ? lensRuler(reach(halves.container), main) : null;
  return { main, lens, factor: lens ? main.end / lens.end : 1 };
}

/** One run as a dot: its time, which run of its kind it was, and whether it stands apart. */
export type Run = {
  readonly place: number;
  readonly value: Millis;
  readonly number: number;
  readonly cold: boolean;
  readonly outlier: boolean;
};

/** All runs of one kind that were ready, in the order run. Cold ones are counted on their own. */
export function runsOfKind({ trials }: Race, half: Half, of: Kind): readonly Run[] {
  let cold = 0;
  let counted = 0;
  return trials.flatMap((trial, place) => {
    if (trial.kind !== of) return [];
    const number = trial.cold ? ++cold : ++counted;
    const { ready } = trial.moments;
    if (trial.trouble !== null || ready === undefined) return [];
    return [{ place, value: ready, number, cold: trial.cold, outlier: half.outliers.has(place) }];
  });
}

/** Whole per cent of each part that add up to 100: the largest remainders are rounded up. */
export function shares(parts: readonly number[]): readonly number[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total <= 0) return parts.map(() => 0);
  const exact = parts.map((part) => (100 * part) / total);
  const whole = exact.map(Math.floor);
  const left = 100 - whole.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((value, index) => [value - Math.floor(value), index] as const)
    .sort(([one], [other]) => other - one);
  for (const [, index] of byRemainder.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1;
  return whole;
}
