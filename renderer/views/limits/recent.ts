import type { Sample } from "../../../shared/figures.ts";
import type { Fraction, Millis } from "../../../shared/model/units.ts";
import type { Series } from "../../../shared/wire/calls.ts";

/** Throttling is shown for five minutes, as thirty slices of ten seconds; pressure as the mean of the last ten seconds. */
export const sliceCount = 30;
const slice: Millis = 10_000;
const second: Millis = 1_000;
const seconds = 10;

/** What of an instance is judged over the last minutes. Written in place. NaN: nothing was measured. */
export type Recent = {
  /** Which slice (of all time) stands at each place. */
  readonly slots: Float64Array;
  readonly sums: Float64Array;
  readonly counts: Uint16Array;
  /** Which second stands at each place, and three pressures for each. */
  readonly moments: Float64Array;
  readonly pressures: Float32Array;
};

export const nothingRecent = (): Recent => ({
  slots: new Float64Array(sliceCount).fill(Number.NaN),
  sums: new Float64Array(sliceCount),
  counts: new Uint16Array(sliceCount),
  moments: new Float64Array(seconds).fill(Number.NaN),
  pressures: new Float32Array(3 * seconds).fill(Number.NaN),
});

type Pressed = Pick<Sample, "throttledShare" | "pressureMemory" | "pressureCpu" | "pressureIo">;
const unpressed = { pressureMemory: null, pressureCpu: null, pressureIo: null };

/** One sample more. A second that is told twice counts once for pressure; a slice takes the mean of what came. */
export function note(recent: Recent, at: Millis, sample: Pressed): void {
  const { slots, sums, counts, moments, pressures } = recent;
  if (sample.throttledShare !== null) {
    const slot = Math.floor(at / slice);
    const place = slot % sliceCount;
    if (slots[place] !== slot) {
      slots[place] = slot;
      sums[place] = 0;
      counts[place] = 0;
    }
    sums[place] = (sums[place] ?? 0) + sample.throttledShare;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const moment = Math.floor(at / second);
  const place = moment % seconds;
  moments[place] = moment;
  pressures.set(
    [sample.pressureMemory, sample.pressureCpu, sample.pressureIo].map((value) => value ?? Number.NaN),
    3 * place,
  );
}

/** The slices as the history knows them: it reaches to now, so they stand in for those that came meanwhile. */
export function withPast(recent: Recent, { at, step, figures }: Series): Recent {
  const past = nothingRecent();
  at.forEach((moment, index) => {
    const length = step[index] ?? second;
    const throttledShare = figures.throttledShare?.[index] ?? null;
    note(past, length > second ? moment + length / 2 : moment, { ...unpressed, throttledShare });
  });
  return { ...past, moments: recent.moments, pressures: recent.pressures };
}

/** Mean throttled share of each of the last thirty slices, oldest first; null where none was measured. */
export function throttledSlices({ slots, sums, counts }: Recent, at: Millis): readonly (Fraction | null)[] {
  const last = Math.floor(at / slice);
  return Array.from({ length: sliceCount }, (_, index) => {
    const slot = last - sliceCount + 1 + index;
    const place = ((slot % sliceCount) + sliceCount) % sliceCount;
    return slots[place] === slot && (counts[place] ?? 0) > 0
      ? (sums[place] ?? 0) / (counts[place] ?? 1)
      : null;
  });
}

/** Their mean; null: none was measured. */
export function meanOf(shares: readonly (Fraction | null)[]): Fraction | null {
  const known = shares.filter((share) => share !== null);
  return known.length === 0 ? null : known.reduce((sum, share) => sum + share, 0) / known.length;
}

export type Pressure = { readonly [of in "memory" | "cpu" | "io"]: Fraction | null };

/** Mean pressure of the ten seconds before `at`. */
export function pressureOf({ moments, pressures }: Recent, at: Millis): Pressure {
  const now = Math.floor(at / second);
  const mean = (of: 0 | 1 | 2) => {
    let [sum, known] = [0, 0];
    for (let place = 0; place < seconds; place++) {
      const value = pressures[3 * place + of] ?? Number.NaN;
      const age = now - (moments[place] ?? Number.NaN);
      if (Number.isNaN(value) || !(age >= 0 && age < seconds)) continue;
      sum += value;
      known++;
    }
    return known === 0 ? null : sum / known;
  };
  return { memory: mean(0), cpu: mean(1), io: mean(2) };
}
