import { tick } from "../../../../shared/format.ts";
import type { Resource } from "../../../../shared/model/change.ts";
import type { Words } from "../../../../shared/words/words.ts";
import { isMemory } from "../../../changes/amount.ts";
import { axis } from "../../../charts/axis.ts";
import type { Division } from "../../../charts/svg-ruler.tsx";

const gib = 1024 ** 3;
const mib = 1024 ** 2;
/** Height that `axis` fits its steps into: seven of them, so that five to eight labels stand on the ruler. */
const sevenSteps = 7 * 35;
/** Room right of the largest mark, for its words. */
const room = 1.08;

export type ApplyRuler = { readonly high: number; readonly divisions: readonly Division[] };

/** A ruler from 0 over all that is drawn on it; its last division carries the unit. */
export function rulerOf(
  resource: Resource,
  drawn: readonly (number | null)[],
  units: Words["apply"]["units"],
): ApplyRuler {
  const largest = Math.max(0, ...drawn.filter((amount) => amount !== null));
  const bytes = isMemory(resource);
  const kind = bytes ? "bytes" : resource === "pids" ? "fraction" : "cores";
  const { ticks, high: none } = axis(largest, kind, sevenSteps);
  const step = ticks[1] ?? none;
  const steps = Math.max(1, Math.ceil((largest * room) / step - 1e-9));
  const high = steps * step;
  const unit = bytes
    ? step >= gib || high >= 8 * gib
      ? "GiB"
      : "MiB"
    : resource === "pids"
      ? "pids"
      : "cores";
  const scale = { MiB: mib, GiB: gib, cores: 1, pids: 1 }[unit];
  const divisions = Array.from({ length: steps + 1 }, (_, index): Division => {
    const text = tick((index * step) / scale);
    return { at: index / steps, label: index === steps ? units[unit](text) : text, minor: false };
  });
  return { high, divisions };
}

/** Words under a mark: where the mark stands and how wide they are, in pixels. */
type MarkWords = { readonly x: number; readonly width: number };

/**
 * Left edges of the words under one mark or two (the first stands left of the second): the lower one's end at its line, the
 * higher one's begin there, moved inside the plot and off each other.
 */
export function placeWords(
  width: number,
  lower: MarkWords | null,
  higher: MarkWords | null,
): readonly number[] {
  const first = lower === null ? null : Math.max(0, lower.x - lower.width);
  if (higher === null) return first === null ? [] : [first];
  const end = first === null || lower === null ? 0 : first + lower.width;
  const second = Math.max(end, Math.min(higher.x, width - higher.width));
  return first === null ? [second] : [first, second];
}
