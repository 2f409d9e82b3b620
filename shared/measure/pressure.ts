import type { PressureReading, Reading } from "../model/reading.ts";
import type { Fraction, Nanos } from "../model/units.ts";
import { plausible } from "./plausible.ts";
import { grown } from "./rates.ts";

/** kernel/sched/psi.c, PSI_FREQ: totals are brought up to date every 2 s, not when they are read. */
const step: Nanos = 2e9;
/** A window a little under two seconds is still one of two steps of a second. */
const shortest = 0.9 * step;

export type Pressure = { readonly [of in keyof PressureReading]: Fraction | null };

/**
 * Share of the interval in which at least one task waited: Δtotal / Δat of PSI's `some` line.
 * Measured over at least the kernel's own step of 2 s, between `from` and `after`: over one second it would be 0 and the
 * double in turn (seen on 6.18). By jitter two steps can fall into one window, so up to two and a bit read as 1; more is
 * refused. null: no pressure here, or no reading that is old enough.
 * Source: docs/measuring.md#pressure. total 300 ms more in 2 s: 0.15.
 */
export function pressure(from: Reading | null, after: Reading): Pressure {
  const wall = from === null ? 0 : after.at - from.at;
  if (wall < shortest) return { cpu: null, memory: null, io: null, memoryFull: null, ioFull: null };
  const share = (before: Nanos | null | undefined, now: Nanos | null | undefined) => {
    const waited = grown(before, now);
    return waited !== null && waited <= wall + 1.1 * step ? plausible(Math.min(1, waited / wall), 1) : null;
  };
  return {
    cpu: share(from?.pressure?.cpu, after.pressure?.cpu),
    memory: share(from?.pressure?.memory, after.pressure?.memory),
    io: share(from?.pressure?.io, after.pressure?.io),
    memoryFull: share(from?.pressure?.memoryFull, after.pressure?.memoryFull),
    ioFull: share(from?.pressure?.ioFull, after.pressure?.ioFull),
  };
}
