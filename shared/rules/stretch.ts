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

/** Rows further apart than this have a gap between them, in steps. */
export const gap = 5;

type Columns<Name> = { get(name: Name): number | undefined };

/**
 * The last `span` ms before `to` of a ring whose rows come every `step` ms. Of 60 s it must have seen 54 to be whole: a row
 * each second, some of them up to five seconds apart on a busy computer, but no longer gaps. `unbroken`: from when on there
 * is none for sure.
 */
export const stretch = <Name extends string>(
  rows: Ring,
  columns: Columns<Name>,
  step: Millis,
  to: Millis,
  span: Millis,
  unbroken: Millis = Number.POSITIVE_INFINITY,
): Stretch<Name> => new RowsOfRing(rows, columns, step, to, span, unbroken);

/** A class, which hardly anything else here is: rules make a thousand a second and ask each one thing. */
class RowsOfRing<Name extends string> implements Stretch<Name> {
  readonly to: Millis;
  readonly #rows: Ring;
  readonly #columns: Columns<Name>;
  readonly #step: Millis;
  readonly #span: Millis;
  readonly #unbroken: Millis;
  readonly #first: number;

  constructor(rows: Ring, columns: Columns<Name>, step: Millis, to: Millis, span: Millis, unbroken: Millis) {
    this.to = to;
    this.#rows = rows;
    this.#columns = columns;
    this.#step = step;
    this.#span = span;
    this.#unbroken = unbroken;
    this.#first = rows.firstFrom(to - span);
  }

  get from(): Millis {
    return this.#first < this.#rows.length ? this.#rows.at(this.#first) : this.to;
  }

  get whole(): boolean {
    return this.#seen() >= 0.9 * this.#span;
  }

  #seen(): Millis {
    const rows = this.#rows;
    const first = this.#first;
    const last = rows.length - 1;
    if (first < last && this.#unbroken <= rows.at(first)) return rows.at(last) - rows.at(first) + this.#step;
    let time = this.#step;
    for (let index = first + 1; index <= last; index++) {
      const between = rows.at(index) - rows.at(index - 1);
      if (between <= gap * this.#step) time += between;
    }
    return time;
  }

  /** What is not known is left out. */
  #reduce(figure: Name, take: (sum: number, value: number, count: number) => number): number | null {
    const rows = this.#rows;
    const column = this.#columns.get(figure) ?? -1;
    let sum = 0;
    let count = 0;
    for (let index = this.#first; index < rows.length; index++) {
      const value = rows.value(index, column);
      if (!Number.isNaN(value)) sum = take(sum, value, count++);
    }
    return count === 0 ? null : sum;
  }

  mean(figure: Name) {
    return this.#reduce(figure, (mean, value, count) => mean + (value - mean) / (count + 1));
  }

  max(figure: Name) {
    return this.#reduce(figure, (most, value, count) => (count === 0 ? value : Math.max(most, value)));
  }

  min(figure: Name) {
    return this.#reduce(figure, (least, value, count) => (count === 0 ? value : Math.min(least, value)));
  }

  grown(figure: Name) {
    let before = Number.NaN;
    return this.#reduce(figure, (sum, value) => {
      const more = Number.isNaN(before) ? 0 : value >= before ? value - before : value;
      before = value;
      return sum + more;
    });
  }

  rise(figure: Name) {
    const rows = this.#rows;
    const column = this.#columns.get(figure) ?? -1;
    let one = this.#first;
    let last = rows.length - 1;
    while (one < last && Number.isNaN(rows.value(one, column))) one++;
    while (last > one && Number.isNaN(rows.value(last, column))) last--;
    if (one >= last) return null;
    return { by: rows.value(last, column) - rows.value(one, column), over: rows.at(last) - rows.at(one) };
  }

  course(figure: Name) {
    const rows = this.#rows;
    const column = this.#columns.get(figure) ?? -1;
    const at: Millis[] = [];
    const values: number[] = [];
    for (let index = this.#first; index < rows.length; index++) {
      const value = rows.value(index, column);
      if (Number.isNaN(value)) continue;
      at.push(rows.at(index));
      values.push(value);
    }
    return { at, values };
  }
}
