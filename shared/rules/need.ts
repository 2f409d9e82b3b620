import type { Millis } from "../model/units.ts";

/** How much of something an instance has used, over all the time that it was watched. */
export type Need = {
  /** The most ever; null: nothing was seen. */
  readonly peak: number | null;
  /** How much time was looked at. */
  readonly over: Millis;
  /** What it did not exceed for this share of that time: the upper bound of the step it falls into, at most the peak. */
  share(p: number): number | null;
  /** It used `value` for `lasting` ms. */
  add(value: number, lasting: Millis): void;
};

/** Steps grow by 5 % each, as those of Kubernetes' vertical pod autoscaler do: 5 % is the error of any share. */
const growth = 1.05;
const steps = 400;
/** A stretch without a figure is none of its time. */
const longest: Millis = 3_000;

/**
 * A histogram whose steps grow: bounded, however long it is watched. `least`: what lies below is one step (1 MiB, a
 * hundredth of a core). Source: docs/measuring.md#right-size.
 */
export function need(least: number): Need {
  const time = new Float64Array(steps);
  let over = 0;
  let peak: number | null = null;
  let lastValue = Number.NaN;
  let lastStep = 0;
  const stepOf = (value: number) =>
    value <= least ? 0 : Math.min(steps - 1, Math.ceil(Math.log(value / least) / Math.log(growth) - 1e-9));
  return {
    get peak() {
      return peak;
    },
    get over() {
      return over;
    },
    share(p) {
      if (peak === null || over === 0) return peak;
      let sum = 0;
      for (let step = 0; step < steps; step++) {
        sum += time[step] ?? 0;
        if (sum >= p * over) return Math.min(peak, least * growth ** step);
      }
      return peak;
    },
    add(value, lasting) {
      const counted = Math.min(lasting, longest);
      // Most use what they used a second ago.
      const step = value === lastValue ? lastStep : stepOf(value);
      lastValue = value;
      lastStep = step;
      time[step] = (time[step] ?? 0) + counted;
      over += counted;
      if (peak === null || value > peak) peak = value;
    },
  };
}
