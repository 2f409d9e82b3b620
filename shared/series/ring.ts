import type { Millis } from "../model/units.ts";

/** Rows of numbers in time, the newest `capacity` of them. Unknown is NaN. Index 0 is the oldest row. */
export type Ring = {
  readonly width: number;
  readonly capacity: number;
  readonly length: number;
  /** true once a row was dropped to make room: what came before the oldest row is not known here. */
  readonly full: boolean;
  /** Bytes of its typed arrays. */
  readonly size: number;
  /**
   * Adds a row of `width` numbers. Rows stay in order of time: those that are not older than `at` are dropped first, which
   * is what a clock that was set back, or a replay that went back, means. A row without a time is not kept.
   */
  push(at: Millis, row: ArrayLike<number>): void;
  /** When row `index` was; NaN where there is none. */
  at(index: number): Millis;
  /** NaN where it is not known, or where there is no such row. */
  value(index: number, column: number): number;
  /** Index of the first row at or after `at`; `length` where there is none. */
  firstFrom(at: Millis): number;
  clear(): void;
};

type Chunk = { readonly at: Float64Array; readonly values: Float32Array | Float64Array };

/**
 * A ring over typed arrays. They grow by `chunk` rows (a power of two: rules look at a hundred thousand rows a second, and
 * a division costs more than the row) as rows come, up to `capacity`; then the oldest rows are written over, so that
 * nothing is allocated any more. `of` says what is kept: 4 or 8 bytes a number.
 */
export function ring(
  width: number,
  capacity: number,
  of: Float32ArrayConstructor | Float64ArrayConstructor = Float32Array,
  chunk = 64,
): Ring {
  const bits = Math.log2(chunk);
  const inChunk = chunk - 1;
  let chunks: Chunk[] = [];
  /** Where row 0 stands, in rows from the first chunk's beginning. */
  let start = 0;
  let length = 0;
  let full = false;

  const place = (index: number) => {
    const row = start + index;
    return row < capacity ? row : row - capacity;
  };
  const chunkAt = (row: number) => chunks[row >> bits];
  const at = (index: number) => {
    if (index < 0 || index >= length) return Number.NaN;
    const row = place(index);
    return chunkAt(row)?.at[row & inChunk] ?? Number.NaN;
  };
  const firstFrom = (moment: Millis) => {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(middle) < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const grow = () => {
    const rows = Math.min(chunk, capacity - chunks.length * chunk);
    const fresh = { at: new Float64Array(rows), values: new of(rows * width) };
    chunks.push(fresh);
    return fresh;
  };

  return {
    width,
    capacity,
    get length() {
      return length;
    },
    get full() {
      return full;
    },
    get size() {
      return chunks.reduce((sum, { at, values }) => sum + at.byteLength + values.byteLength, 0);
    },
    push(moment, row) {
      if (!Number.isFinite(moment)) return;
      if (length > 0 && !(at(length - 1) < moment)) length = firstFrom(moment);
      if (length === capacity) {
        start = place(1);
        length--;
        full = true;
      }
      const to = place(length);
      const { at: times, values } = chunkAt(to) ?? grow();
      times[to & inChunk] = moment;
      const offset = (to & inChunk) * width;
      for (let column = 0; column < width; column++) values[offset + column] = row[column] ?? Number.NaN;
      length++;
    },
    at,
    value(index, column) {
      if (index < 0 || index >= length || column < 0 || column >= width) return Number.NaN;
      const row = place(index);
      return chunkAt(row)?.values[(row & inChunk) * width + column] ?? Number.NaN;
    },
    firstFrom,
    clear() {
      chunks = [];
      start = 0;
      length = 0;
      full = false;
    },
  };
}
