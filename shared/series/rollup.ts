import type { Millis } from "../model/units.ts";

/** One step: for each column the mean, least and greatest of what was known in it; NaN where nothing was. */
export type Step = {
  /** Beginning of the step, a multiple of its length. */
  readonly at: Millis;
  readonly mean: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
};

export type Rollup = {
  /** Takes a row; tells of the step that it ended, if it did. The arrays of a Step are used again by the next one. */
  add(at: Millis, row: ArrayLike<number>): void;
  /** Tells of the step that is open, when no more rows will come. */
  end(): void;
};

/**
 * Sums rows up into steps of `length` ms and hands each finished one to `done`. A step in which there was no row is never
 * told: a gap stays a gap. A row that is older than its step (the clock was set back) ends it as well.
 * 1, unknown, 3 and 8 in one step: mean 4, least 1, greatest 8.
 */
export function rollup(width: number, length: Millis, done: (step: Step) => void): Rollup {
  const count = new Uint32Array(width);
  const mean = new Float64Array(width);
  const min = new Float64Array(width);
  const max = new Float64Array(width);
  let began: Millis | null = null;

  const begin = (at: Millis) => {
    began = at;
    count.fill(0);
    mean.fill(Number.NaN);
    min.fill(Number.NaN);
    max.fill(Number.NaN);
  };

  const end = () => {
    if (began !== null) done({ at: began, mean, min, max });
    began = null;
  };

  return {
    end,
    add(moment, row) {
      const at = Math.floor(moment / length) * length;
      if (began !== at) {
        end();
        begin(at);
      }
      for (let column = 0; column < width; column++) {
        const value = row[column] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        const known = count[column] ?? 0;
        count[column] = known + 1;
        if (known === 0) {
          mean[column] = min[column] = max[column] = value;
          continue;
        }
        // Running mean: no sum that grows beyond what a double holds exactly.
        const old = mean[column] ?? 0;
        mean[column] = old + (value - old) / (known + 1);
        if (value < (min[column] ?? 0)) min[column] = value;
        if (value > (max[column] ?? 0)) max[column] = value;
      }
    },
  };
}
