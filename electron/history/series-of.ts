import type { FigureName } from "../../shared/figures.ts";
import type { Millis } from "../../shared/model/units.ts";
import type { Ring } from "../../shared/series/ring.ts";
import { quantile } from "../../shared/stats/quantile.ts";
import type { Series } from "../../shared/wire/calls.ts";
import { type Columns, columnsOf, type InstanceRecord, stepLength } from "./record.ts";

type Values = (number | null)[];
type Track = { readonly columns: Columns; readonly mean: Values; readonly min: Values; readonly max: Values };

/**
 * What is kept of `figures` from `from` on: steps of 10 s as far back as seconds are not kept, then seconds. Where a row
 * is missing stands one without values, so that no line is drawn across. Figures that are not kept are left out.
 */
export function seriesOf(record: InstanceRecord, from: Millis, figures: readonly FigureName[]): Series {
  const at: Millis[] = [];
  const step: Millis[] = [];
  const tracks = new Map<FigureName, Track>();
  for (const name of figures) {
    const columns = columnsOf(name);
    if (columns) tracks.set(name, { columns, mean: [], min: [], max: [] });
  }
  let end: Millis | null = null;

  const put = (
    moment: Millis,
    length: Millis,
    row: { readonly ring: Ring; readonly index: number } | null,
  ) => {
    at.push(moment);
    step.push(length);
    for (const { columns, mean, min, max } of tracks.values()) {
      const value = (column: number) => (row ? known(row.ring.value(row.index, column)) : null);
      const middle = value(columns.mean);
      const stepped = row?.ring === record.steps;
      mean.push(middle);
      min.push(stepped ? value(columns.min) : middle);
      max.push(stepped ? value(columns.max) : middle);
    }
  };

  const walk = (ring: Ring, first: number, last: number, usual: Millis, length: Millis) => {
    for (let index = first; index < last; index++) {
      const moment = ring.at(index);
      if (end !== null && moment - end > usual / 2) put(end, length, null);
      put(moment, length, { ring, index });
      end = moment + usual;
    }
  };

  const { fine, steps } = record;
  const seam = seamOf(record);
  walk(steps, steps.firstFrom(from), steps.firstFrom(seam), stepLength, stepLength);
  walk(fine, fine.firstFrom(Math.max(from, seam)), fine.length, usualStep(fine), 1_000);

  const part = (which: "mean" | "min" | "max") =>
    Object.fromEntries([...tracks].map(([name, track]) => [name, track[which]]));
  return { at, step, figures: part("mean"), min: part("min"), max: part("max") };
}

/** The last `points` of a column up to `now`, oldest first, null where a step is missing. Fewer where it is younger. */
export function recentOf({ fine }: InstanceRecord, figure: FigureName, points: number, now: Millis): Values {
  const column = columnsOf(figure)?.mean ?? -1;
  const usual = usualStep(fine);
  const values: Values = [];
  let later = now + usual;
  for (let index = fine.length - 1; index >= 0 && values.length < points; index--) {
    const missing = Math.min(points, Math.round((later - fine.at(index)) / usual) - 1);
    for (let gap = 0; gap < missing; gap++) values.push(null);
    values.push(known(fine.value(index, column)));
    later = fine.at(index);
  }
  return values.slice(0, points).reverse();
}

const known = (value: number) => (Number.isNaN(value) ? null : value);

/**
 * From when on seconds are shown: where the oldest second is whose step is whole. Before that the steps are shown; while
 * no second was dropped yet, none of them is needed.
 */
function seamOf({ fine }: InstanceRecord): Millis {
  if (fine.length === 0) return Number.POSITIVE_INFINITY;
  const oldest = fine.at(0) / stepLength;
  return (fine.full ? Math.ceil(oldest) : Math.floor(oldest)) * stepLength;
}

/**
 * The time between two rows of this instance: a second, or longer where it is weighed by an API that answers more slowly.
 * Half as much again is a gap. A low quantile, since gaps make times longer, never shorter; two times are needed for one.
 */
function usualStep(fine: Ring): Millis {
  const times: Millis[] = [];
  for (let index = Math.max(1, fine.length - 60); index < fine.length; index++)
    times.push(fine.at(index) - fine.at(index - 1));
  const usual = quantile(
    times.sort((a, b) => a - b),
    0.25,
  );
  return times.length < 2 || usual === null ? 1_000 : Math.max(1_000, usual);
}
