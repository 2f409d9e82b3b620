import type { Millis } from "../model/units.ts";
import { evidence } from "./evidence.ts";
import { type Growth, growthOf } from "./growth.ts";
import { raised } from "./proposals.ts";
import type { Rule } from "./rule.ts";
import type { Stretch } from "./stretch.ts";
import type { Watched } from "./watched.ts";

/** Full within so long: work is about to be lost. */
const soon: Millis = 300_000;
/** A line is believed for ten times as long as it was seen. */
const ahead = 10;
const goodFit = 0.85;
const leastSeen: Millis = 60_000;
/** By seconds; then by steps of ten. */
const fast: Millis = 100_000;
const spans: readonly Millis[] = [fast, 600_000, 1_800_000, 3_600_000];
/** It must have grown by so much of its limit while it was seen, so that noise is no growth. */
const leastRise = 0.02;

/**
 * What can kill it rises steadily towards its limit, and is there within the time that is set. Over a minute and a half at
 * first, so that a fast one is seen in time; then over steps of ten seconds, up to an hour.
 * Source: docs/measuring.md#filling-up.
 */
export const memoryFilling: Rule = {
  id: "memory-filling",
  pace: "rare",
  of: "running",
  judge(watched, { at, thresholds, facts, open }) {
    const { instance, sample } = watched;
    if (instance.kind === "vm" || sample === null || sample.memoryLimit === null) return "quiet";
    if (sample.killable === null) return "undecided";
    const limit = sample.memoryLimit;
    const room = limit - sample.killable;
    const within = thresholds.fillsWithin * (open ? 1.5 : 1);
    const growth = steadiest(watched, limit, room, within, open ? goodFit - 0.15 : goodFit);
    if (growth === null) return "quiet";
    const fullIn = (Math.max(0, room) / growth.slope) * 1_000;
    const seen = { from: growth.from, to: at };
    return {
      severity: fullIn <= soon ? "critical" : "warning",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        growth: growth.slope,
        fit: growth.fit,
        fullIn,
        killable: sample.killable,
        memoryLimit: limit,
      }),
      facts: {
        // A person reads minutes: what is told anew at each breath says nothing new.
        fullIn: Math.ceil(fullIn / 60_000) * 60_000,
        perMinute: growth.slope * 60,
        own: sample.killable,
        limit,
        over: growth.to - growth.from,
      },
      shows: "workingSet",
      proposal: raised(watched, limit, thresholds, facts),
    };
  },
};

/** The growth that says most of what will be: of the shortest stretch that sees far enough ahead. null: none does. */
function steadiest(
  watched: Watched,
  limit: number,
  room: number,
  within: Millis,
  fit: number,
): Growth | null {
  for (const span of spans) {
    const seen: Pick<Stretch<"killable">, "rise" | "course"> = span === fast
      ? watched.seconds(span)
      : watched.steps(span);
    const { by = 0, over = 0 } = seen.rise("killable") ?? {};
    if (over < leastSeen) break;
    const farthest = Math.min(within, ahead * over);
    // A rough guess first: most stand still, and a robust line costs a thousand times as much.
    if (by < leastRise * limit || (room / by) * over > 2 * farthest) continue;
    const { at, values } = seen.course("killable");
    const growth = growthOf(at, values);
    if (growth !== null && growth.fit >= fit && (room / growth.slope) * 1_000 <= farthest) return growth;
  }
  return null;
}
