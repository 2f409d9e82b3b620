import { tick } from "../../../shared/format.ts";
import type { Bytes, Fraction, Millis } from "../../../shared/model/units.ts";

const mib = 1024 * 1024;
const gib = 1024 * mib;

/** The least power of two, in bytes, that is not below `needed`; 8 MiB at the least, so that a ruler has figures. */
export function ceiling(needed: Bytes): Bytes {
  let domain = 8 * mib;
  while (domain < needed) domain *= 2;
  return domain;
}

/** How long a ruler must be under-used by half before it shrinks: a spike that comes back does not shake the page. */
const patience: Millis = 30_000;

export type Domain = {
  readonly end: Bytes;
  /** Since when half of it would do; null: more is needed. */
  readonly idleSince: Millis | null;
};

/**
 * The ruler's end after a step in which `needed` bytes are drawn. It grows when left by more than 10 % and shrinks after
 * 30 s in which half of it would do; a bar in between is drawn with a torn end.
 */
export function nextDomain(before: Domain | null, needed: Bytes, at: Millis): Domain {
  const fits = ceiling(needed);
  if (before === null || needed > before.end * 1.1) return { end: fits, idleSince: null };
  if (fits >= before.end) return before.idleSince === null ? before : { end: before.end, idleSince: null };
  const idleSince = before.idleSince ?? at;
  return at - idleSince >= patience ? { end: fits, idleSince: null } : { end: before.end, idleSince };
}

export type Tick = { readonly at: Fraction; readonly label: string; readonly minor: boolean };

/** Eight divisions of a linear ruler; every second one is minor unless all their labels are short. */
export function linearTicks(end: Bytes): readonly Tick[] {
  const [unit, name] = end >= gib ? [gib, "GiB"] : [mib, "MiB"];
  const text = (eighth: number) => tick((eighth * end) / 8 / unit);
  const short = [1, 2, 3, 4, 5, 6, 7].every((eighth) => text(eighth).length <= 2);
  return Array.from({ length: 9 }, (_, eighth) => {
    const minor = eighth % 2 === 1 && !short;
    return { at: eighth / 8, minor, label: minor ? "" : eighth === 8 ? `${text(8)} ${name}` : text(eighth) };
  });
}

/** Doublings of a logarithmic ruler from 1 MiB: 16 reach 64 GiB, more where a limit or a VM is larger. */
export const logSteps = (largest: Bytes): number =>
  Math.max(16, 2 * Math.ceil(Math.log2(Math.max(1, largest / mib)) / 2));

/** Where `value` stands on a ruler of `steps` doublings; what is below 1 MiB stands at its start. */
export const logPlace = (value: Bytes, steps: number): Fraction =>
  Math.min(1, Math.max(0, Math.log2(Math.max(1, value / mib)) / steps));

/** A tick a doubling, a label every fourfold, the unit where it changes. */
export function logTicks(steps: number): readonly Tick[] {
  return Array.from({ length: steps + 1 }, (_, power) => {
    const [unit, from] =
      power < 10 ? (["MiB", 0] as const) : power < 20 ? (["GiB", 10] as const) : (["TiB", 20] as const);
    const bare = tick(2 ** (power - from));
    const named = power === from || power === 8 || power === steps;
    return {
      at: power / steps,
      minor: power % 2 === 1,
      label: power % 2 === 1 ? "" : named ? `${bare} ${unit}` : bare,
    };
  });
}
