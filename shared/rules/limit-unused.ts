import type { Bytes } from "../model/units.ts";
import { evidence } from "./evidence.ts";
import { roundMemory, sureness } from "./proposals.ts";
import type { Rule } from "./rule.ts";

/** Less to gain is not worth a change. */
const worthwhile: Bytes = 64 * 2 ** 20;

/**
 * It never used more than a part of its memory limit, over all the time that it was watched, its start included where that was
 * seen; the kernel's own peak counts too where it is below. Proposes the peak and headroom. Source: docs/measuring.md#right-size.
 */
export const limitUnused: Rule = {
  id: "limit-unused",
  pace: "rare",
  of: "running",
  judge(watched, { at, thresholds, facts }) {
    const { instance, sample, memoryNeed } = watched;
    if (instance.kind === "vm" || sample === null || sample.memoryLimit === null) return "quiet";
    const { peak, over } = memoryNeed;
    if (peak === null || over < thresholds.unusedFor) return "quiet";
    const limit = sample.memoryLimit;
    // The kernel's peak holds page cache, and what was before Tare came: where it is small, nothing was ever more.
    const known = sample.peak !== null && sample.peak <= thresholds.unusedBelow * limit;
    const to = roundMemory(Math.max(peak, known ? (sample.peak ?? 0) : 0) * (1 + thresholds.headroom));
    if (peak > thresholds.unusedBelow * limit || limit - to < worthwhile) return "quiet";
    const p99 = memoryNeed.share(0.99);
    const seen = { from: at - over, to: at };
    return {
      severity: "note",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        seenPeak: peak,
        usual: p99,
        peak: sample.peak,
        memoryLimit: limit,
      }),
      facts: { limit, peak, p99, over },
      shows: "workingSet",
      proposal: {
        resource: "memory",
        from: limit,
        to,
        basis: {
          peak,
          p99,
          over,
          headroom: thresholds.headroom,
          sure: known ? "measured" : sureness(watched, thresholds),
        },
      },
    };
  },
};
