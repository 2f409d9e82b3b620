import type { Reading } from "../model/reading.ts";
import type { Nanos } from "../model/units.ts";
import { interval } from "./rates.ts";

/** All that a reading tells beside its moment; the compiler asks for what is new. */
const told: { readonly [part in keyof Omit<Reading, "at">]: true } = {
  cpu: true,
  memory: true,
  resident: true,
  guest: true,
  helpers: true,
  pids: true,
  io: true,
  network: true,
  pressure: true,
  oomKills: true,
  limitHits: true,
  highHits: true,
  pidsHits: true,
  limits: true,
};
const parts = Object.keys(told) as readonly (keyof typeof told)[];

/**
 * Whether three readings in a row tell the very same, each a usual interval after the one before. Then every rate is 0 and
 * every gauge is as it was: all such threes of one instance have one sample, which need not be derived again. Most boxes
 * stand still for most of their lives.
 */
export function standing(
  earlier: Reading | null,
  before: Reading | null,
  after: Reading,
  period: Nanos,
): boolean {
  return (
    before !== null &&
    earlier !== null &&
    after.at - earlier.at >= shortest * period &&
    interval(earlier, before, period) !== null &&
    interval(before, after, period) !== null &&
    tellsSame(before, after) &&
    tellsSame(earlier, before)
  );
}

/** Pressure is measured over two steps of the kernel's: over a window that is shorter there is none (pressure.ts). */
const shortest = 1.8;

function tellsSame(one: Reading, other: Reading): boolean {
  for (const part of parts) if (one[part] !== other[part] && !isSame(one[part], other[part])) return false;
  return true;
}

type Part = Readonly<Record<string, unknown>>;

/** Equal in every value; readers hand out the same objects while nothing changed, so that few are looked into. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  for (const key in one) if (!isSame((one as Part)[key], (other as Part)[key])) return false;
  return true;
}
