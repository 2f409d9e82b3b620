import { evidence } from "./evidence.ts";
import { growthOf } from "./growth.ts";
import type { Rule } from "./rule.ts";
import type { Stretch } from "./stretch.ts";

/** Steady for so long, by so much an hour at least, and it is told. */
const leastSeen = 1_200_000;
const leastGrowth = 2 ** 20;
const goodFit = 0.85;

/** Nothing but the host's own size ends its memory. A note: it harms nobody until it grows. Source: docs/measuring.md#no-limit. */
export const noLimit: Rule = {
  id: "no-limit",
  pace: "slow",
  of: "running",
  judge({ instance, sample, memoryNeed, steps }, { at, facts }) {
    if (sample === null || instance.kind === "vm" || instance.engine === "cgroup" || !instance.detailed)
      return "quiet";
    if (sample.workingSet === null) return "undecided";
    if (sample.memoryLimit !== null || instance.reported.memory !== null) return "quiet";
    return {
      severity: "note",
      from: at - memoryNeed.over,
      to: at,
      evidence: evidence(
        instance,
        facts,
        { from: at - memoryNeed.over, to: at },
        {
          workingSet: sample.workingSet,
          seenPeak: memoryNeed.peak,
          hostMemory: facts.memory,
        },
      ),
      facts: {
        perHour: perHour(steps(3_600_000)),
        used: sample.workingSet,
        peak: memoryNeed.peak,
        over: memoryNeed.over,
      },
      shows: "workingSet",
      proposal: null,
    };
  },
};

/** By how many bytes it grows an hour; null where it does not, or not steadily. */
function perHour(hour: Pick<Stretch<"killable">, "rise" | "course">): number | null {
  const { by = 0, over = 0 } = hour.rise("killable") ?? {};
  if (over < leastSeen || (by / over) * 3_600_000 < leastGrowth) return null;
  const { at, values } = hour.course("killable");
  const growth = growthOf(at, values);
  if (growth === null || growth.fit < goodFit || growth.slope * 3_600 < leastGrowth) return null;
  return growth.slope * 3_600;
}
