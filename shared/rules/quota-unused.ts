import type { Cores, Millis } from "../model/units.ts";
import { evidence } from "./evidence.ts";
import { roundCores, sureness } from "./proposals.ts";
import type { Rule } from "./rule.ts";

/** Less to gain is not worth a change. */
const worthwhile: Cores = 0.25;
/** Docker takes no quota below a hundredth of a core; one that a person would write is not below this. */
const least: Cores = 0.05;
const hour: Millis = 3_600_000;
/** The newest step of ten seconds is not full yet. */
const notInSteps: Millis = 20_000;

/**
 * It never used more than a part of its quota, over all the time that it was watched, its start included where that was seen, and
 * the quota has not held it back within the hour: whoever is held back would use more. Proposes the peak and headroom. Source:
 * docs/measuring.md#right-quota.
 */
export const quotaUnused: Rule = {
  id: "quota-unused",
  pace: "rare",
  of: "running",
  judge(watched, { at, thresholds, facts }) {
    const { instance, sample, cpuNeed } = watched;
    if (instance.kind === "vm" || sample === null || sample.cpuLimit === null) return "quiet";
    const { peak, over } = cpuNeed;
    const limit = sample.cpuLimit;
    if (peak === null || over < thresholds.unusedFor || peak > thresholds.unusedBelow * limit) return "quiet";
    const to = Math.max(least, roundCores(peak * (1 + thresholds.headroom)));
    if (limit - to < worthwhile) return "quiet";
    // A second's mean hides what a period of a tenth of it wanted.
    const heldBack = [watched.seconds(notInSteps), watched.steps(hour)].some(
      (span) => (span.max("throttledShare") ?? 0) > 0,
    );
    if (heldBack) return "quiet";
    const p99 = cpuNeed.share(0.99);
    const seen = { from: at - over, to: at };
    return {
      severity: "note",
      ...seen,
      evidence: evidence(instance, facts, seen, { coresPeak: peak, coresUsual: p99, cpuLimit: limit }),
      facts: { limit, peak, p99, over },
      shows: "cores",
      proposal: {
        resource: "cpu",
        from: limit,
        to,
        basis: { peak, p99, over, headroom: thresholds.headroom, sure: sureness(watched, thresholds) },
      },
    };
  },
};
