import type { Millis } from "../model/units.ts";
import type { Ring } from "../series/ring.ts";

/** A stretch of time of one instance, as rows of some figures. What is not known in a row is left out of every sum. */
export type Stretch<Name extends string> = {
  readonly from: Millis;
  readonly to: Millis;
  /** It was seen from its beginning to its end, but for a tenth: what it says may be believed. */
  readonly whole: boolean;
  /** null: not known in any row. */
  mean(figure: Name): number | null;
  max(figure: Name): number | null;
  min(figure: Name): number | null;
  /** By how much a counter grew in it; where it went back, it began again at 0. null: not counted. */
  grown(figure: Name): number | null;
  /** From its first known value to its last one, and the time between them; null: fewer than two are known. */
  rise(figure: Name): { readonly by: number; readonly over: Millis } | null;
  /** Moments and values of one figure, oldest first. */
  course(figure: Name): { readonly at: readonly Millis[]; readonly values: readonly number[] };
};

/** Rows further apart than this have a gap between them. */
const gap = 5;

/**
 * The last `span` ms before `to` of a ring whose rows come every `step` ms. Of 60 s it must have seen 54 to be whole: a row
 * each second, some of them up to five seconds apart on a busy computer, but no longer gaps.
 */
export function stretch<Name extends string>(
  rows: Ring,
  columns: { get(name: Name): number | undefined },
  step: Millis,
  to: Millis,
  span: Millis,
): Stretch<Name> {
  const first = rows.firstFrom(to - span);
  const { length } = rows;
  const reduce = (
    figure: Name,
    take: (sum: number, value: number, count: number) => number,
  ): number | null => {
    const column = columns.get(figure) ?? -1;
    let sum = 0;
    let count = 0;
    for (let index = first; index < length; index++) {
      const value = rows.value(index, column);
      if (!Number.isNaN(value)) sum = take(sum, value, count++);
    }
    return count === 0 ? null : sum;
  };
  const seen = () => {
    let time = 0;
    for (let index = first + 1; index < length; index++) {
      const between = rows.at(index) - rows.at(index - 1);
      if (between <= gap * step) time += between;
    }
    return time + step;
  };
  return {
    from: first < length ? rows.at(first) : to,
    to,
    get whole() {
      return seen() >= 0.9 * span;
    },
    mean: (figure) => reduce(figure, (mean, value, count) => mean + (value - mean) / (count + 1)),
    max: (figure) => reduce(figure, (most, value, count) => (count === 0 ? value : Math.max(most, value))),
    min: (figure) => reduce(figure, (least, value, count) => (count === 0 ? value : Math.min(least, value))),
    grown(figure) {
      let before = Number.NaN;
      return reduce(figure, (sum, value) => {
        const more = Number.isNaN(before) ? 0 : value >= before ? value - before : value;
        before = value;
        return sum + more;
      });
    },
    rise(figure) {
      const column = columns.get(figure) ?? -1;
      let one = first;
      let last = length - 1;
      while (one < last && Number.isNaN(rows.value(one, column))) one++;
      while (last > one && Number.isNaN(rows.value(last, column))) last--;
      if (one >= last) return null;
      return { by: rows.value(last, column) - rows.value(one, column), over: rows.at(last) - rows.at(one) };
    },
    course(figure) {
      const column = columns.get(figure) ?? -1;
      const at: Millis[] = [];
      const values: number[] = [];
      for (let index = first; index < length; index++) {
        const value = rows.value(index, column);
        if (Number.isNaN(value)) continue;
        at.push(rows.at(index));
        values.push(value);
      }
      return { at, values };
    },
  };
}
