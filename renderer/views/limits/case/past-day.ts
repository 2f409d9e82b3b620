import type { Change, Resource } from "../../../../shared/model/change.ts";
import type { LimitName, PastFinding } from "../../../../shared/model/finding.ts";
import type { Millis } from "../../../../shared/model/units.ts";
import { day, type Span } from "../../../../shared/rules/past.ts";
import { isBroken, worstFirst } from "../../../../shared/rules/worst-first.ts";

/** A finding's stretches of the last day, on a track from 0 to 1. */
export type DayBar = {
  readonly key: string;
  /** The one told by name: the longest. */
  readonly finding: PastFinding;
  /** The one that ended last: what ended it is told. */
  readonly last: PastFinding;
  readonly broken: boolean;
  readonly stretches: readonly { readonly from: number; readonly to: number }[];
  /** How long it held in all. */
  readonly lasted: Millis;
};

/** A stretch is at least so wide that it is seen. */
const least = 0.008;

/** Cleared findings of the last day, one bar a rule and instance, the worst first. A kill of three minutes: 0.2 % of the track, drawn as 0.8 %. */
export function dayBars(cleared: readonly PastFinding[], now: Millis, most: number): readonly DayBar[] {
  const byId = new Map<string, PastFinding[]>();
  for (const finding of cleared) {
    if (finding.clearedAt < now - day) continue;
    const others = byId.get(finding.id) ?? [];
    others.push(finding);
    byId.set(finding.id, others);
  }
  const length = ({ openedAt, clearedAt }: PastFinding) => clearedAt - openedAt;
  return [...byId]
    .map(([key, all]): DayBar => {
      const sorted = [...all].sort((a, b) => length(b) - length(a));
      return {
        key,
        finding: sorted[0] as PastFinding,
        last: all.reduce((last, one) => (one.clearedAt > last.clearedAt ? one : last)),
        broken: all.some(isBroken),
        stretches: all.map(({ openedAt, clearedAt }) => {
          const from = Math.min(placeOf(openedAt, now), 1 - least);
          return { from, to: Math.max(from + least, placeOf(clearedAt, now)) };
        }),
        lasted: all.reduce((sum, one) => sum + length(one), 0),
      };
    })
    .sort((a, b) => worstFirst(a.finding, b.finding))
    .slice(0, most);
}

/** Where a moment stands on the track of the day before `now`. */
export const placeOf = (at: Millis, now: Millis): number =>
  Math.min(1, Math.max(0, (at - (now - day)) / day));

/** When within its day Tare did not look, after it had begun to, oldest first. */
export function gapsOf(watched: readonly Span[]): readonly Span[] {
  return watched.slice(1).map(({ from }, index) => ({ from: watched[index]?.to ?? from, to: from }));
}

/** The change from here that ended it: of the same limit and instance, while it held. null: none did. */
export const changeOf = (
  { ending, instance, openedAt, clearedAt }: PastFinding,
  changes: readonly Change[],
) =>
  ending.by !== "limit"
    ? null
    : (changes.find(
        (change) =>
          change.instance === instance &&
          resourcesOf[ending.limit].includes(change.resource) &&
          (change.state === "applied" || change.state === "undone") &&
          change.at >= openedAt &&
          change.at <= clearedAt,
      ) ?? null);

const resourcesOf: { readonly [limit in LimitName]: readonly Resource[] } = {
  memoryLimit: ["memory"],
  swapLimit: ["memory"],
  cpuLimit: ["cpu", "vmCpu"],
  pidsLimit: ["pids"],
  readLimit: [],
  writeLimit: [],
  configured: ["vmMemory"],
};
