import * as z from "zod/mini";

const fraction = z.number().check(z.minimum(0), z.maximum(1));
const millis = z.number().check(z.minimum(1_000), z.maximum(3_600_000));

/** What rules judge by; each has its source in docs/measuring.md. Fractions 0..1, times in ms. */
export const thresholdsSchema = z.strictObject({
  /** Memory: what can kill it, or its working set, against the limit. */
  memoryNear: fraction,
  /** Full within this much time, by its slope. */
  fillsWithin: millis,
  /** A kill counts for so long after it. */
  killedFor: millis,
  /** CPU: share of periods throttled, and of its time lost, lasting. */
  throttledPeriods: fraction,
  throttledTime: fraction,
  throttledFor: millis,
  /** CPU pressure without a quota that holds it back. */
  starvedPressure: fraction,
  starvedFor: millis,
  /** Memory pressure at the limit. */
  thrashingPressure: fraction,
  thrashingFor: millis,
  pidsNear: fraction,
  ioNear: fraction,
  ioFor: millis,
  /** A limit, or a VM's size, of which no more than this was ever used is too large. */
  unusedBelow: fraction,
  /** Nothing is called unused, or held, before it was watched for so long. */
  unusedFor: millis,
  /** What a proposal adds to the need it is made from. */
  headroom: fraction,
  /** Restarts within an hour, and how long none must have come for the loop to be over. */
  restarts: z.int().check(z.minimum(2), z.maximum(100)),
  restartsFor: millis,
});
export type Thresholds = z.infer<typeof thresholdsSchema>;

export const defaultThresholds: Thresholds = {
  memoryNear: 0.9,
  fillsWithin: 1_800_000,
  killedFor: 3_600_000,
  throttledPeriods: 0.25,
  throttledTime: 0.1,
  throttledFor: 60_000,
  starvedPressure: 0.25,
  starvedFor: 60_000,
  thrashingPressure: 0.1,
  thrashingFor: 30_000,
  pidsNear: 0.9,
  ioNear: 0.9,
  ioFor: 30_000,
  unusedBelow: 0.5,
  unusedFor: 600_000,
  headroom: 0.25,
  restarts: 3,
  restartsFor: 600_000,
};
