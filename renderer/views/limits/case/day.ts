import type { Finding } from "../../../../shared/model/finding.ts";
import type { Millis } from "../../../../shared/model/units.ts";
import { isBroken, worstFirst } from "../../../../shared/rules/worst-first.ts";

/** A finding's stretches of the last day, on a track from 0 to 1. */
export type DayBar = {
  readonly key: string;
  /** The one told by name: the longest. */
  readonly finding: Finding;
  readonly broken: boolean;
  readonly stretches: readonly { readonly from: number; readonly to: number }[];
  /** How long it held in all. */
  readonly lasted: Millis;
};

const day: Millis = 86_400_000;
/** A stretch is at least so wide that it is seen. */
const least = 0.008;

/** Cleared findings of the last day, one bar a rule and instance, the worst first. A kill of three minutes: 0.2 % of the track, drawn as 0.8 %. */
export function dayBars(cleared: readonly Finding[], now: Millis, most: number): readonly DayBar[] {
  const byId = new Map<string, Finding[]>();
  for (const finding of cleared) {
    if (finding.clearedAt === null || finding.clearedAt < now - day) continue;
    const others = byId.get(finding.id) ?? [];
    others.push(finding);
    byId.set(finding.id, others);
  }
  const place = (at: Millis) => Math.min(1, Math.max(0, (at - (now - day)) / day));
  const length = ({ openedAt, clearedAt }: Finding) => (clearedAt ?? now) - openedAt;
  return [...byId]
    .map(([key, all]): DayBar => {
      const sorted = [...all].sort((a, b) => length(b) - length(a));
      return {
        key,
        finding: sorted[0] as Finding,
        broken: all.some(isBroken),
        stretches: all.map(({ openedAt, clearedAt }) => {
          const from = Math.min(place(openedAt), 1 - least);
          return { from, to: Math.max(from + least, place(clearedAt ?? now)) };
        }),
        lasted: all.reduce((sum, one) => sum + length(one), 0),
      };
    })
    .sort((a, b) => worstFirst(a.finding, b.finding))
    .slice(0, most);
}
