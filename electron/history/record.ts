import { type FigureName, figureNames, figures, type Sample } from "../../shared/figures.ts";
import type { Millis } from "../../shared/model/units.ts";
import { type Ring, ring } from "../../shared/series/ring.ts";
import { rollup, type Step } from "../../shared/series/rollup.ts";

/** Figures that are kept, in the order of their columns. */
const kept: readonly FigureName[] = figureNames.filter((name) => figures[name].kept);

/** These stand still: of a step one value is kept, the greatest, since a mean of two limits never was a limit. */
const steady: ReadonlySet<FigureName> = new Set<FigureName>(["cpuLimit", "memoryLimit", "configured"]);
const ranged = kept.filter((name) => !steady.has(name));

const columnOf = new Map(kept.map((name, column) => [name, column]));
const rangeOf = new Map(ranged.map((name, column) => [name, kept.length + column]));

export const stepLength: Millis = 10_000;
/** Ten minutes of seconds, and an hour of steps. */
const fineRows = 600;
const stepRows = 360;
/** What a record takes beside its rings: the sums of the open step, a row of each kind, its objects. */
const beside = 4_096;

/** The hour of one instance. */
export type InstanceRecord = {
  readonly fine: Ring;
  readonly steps: Ring;
  readonly last: Millis;
  /** Bytes that it takes, about. */
  readonly size: number;
  add(at: Millis, sample: Sample): void;
  /** Lets the seconds go: the steps tell the same. */
  coarsen(): void;
};

/** Where a figure stands in a row of `steps`. */
export type Columns = { readonly mean: number; readonly min: number; readonly max: number };

export function columnsOf(figure: FigureName): Columns | null {
  const mean = columnOf.get(figure);
  if (mean === undefined) return null;
  const min = rangeOf.get(figure) ?? mean;
  return { mean, min, max: min === mean ? mean : min + ranged.length };
}

/**
 * An instance's rows: every second for ten minutes, steps of 10 s (mean, least, greatest) for an hour.
 * In Float32: its relative error of 6e-8 is 4 KiB in 64 GiB, one page, and 1 us in 16 s of CPU, where charts and figures
 * show three digits. What must be exact (the present sample, events, recordings) never comes from here.
 */
export function instanceRecord(): InstanceRecord {
  const row = new Float64Array(kept.length);
  const fine = ring(kept.length, fineRows, Float32Array, 64);
  const steps = ring(kept.length + 2 * ranged.length, stepRows, Float32Array, 32);
  const stepRow = new Float64Array(steps.width);
  let last: Millis = Number.NEGATIVE_INFINITY;
  /** The sample that stands in `row`: of who stands still it is the same one, second after second. */
  let inRow: Sample | null = null;

  const fill = (sample: Sample) => {
    kept.forEach((name, column) => {
      row[column] = sample[name] ?? Number.NaN;
    });
    inRow = sample;
  };

  const keep = ({ at, mean, min, max }: Step) => {
    kept.forEach((name, column) => {
      stepRow[column] = (steady.has(name) ? max : mean)[column] ?? Number.NaN;
      const { min: low, max: high } = columnsOf(name) as Columns;
      if (low === column) return;
      stepRow[low] = min[column] ?? Number.NaN;
      stepRow[high] = max[column] ?? Number.NaN;
    });
    steps.push(at, stepRow);
  };
  const sums = rollup(kept.length, stepLength, keep);

  return {
    fine,
    steps,
    get last() {
      return last;
    },
    get size() {
      return fine.size + steps.size + beside;
    },
    add(at, sample) {
      if (sample !== inRow) fill(sample);
      fine.push(at, row);
      sums.add(at, row);
      last = at;
    },
    coarsen() {
      sums.end();
      fine.clear();
    },
  };
}
