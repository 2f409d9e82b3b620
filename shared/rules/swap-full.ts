import { evidence } from "./evidence.ts";
import { raised } from "./proposals.ts";
import type { Rule } from "./rule.ts";

/** Less than this share of the limit is what any container has out now and then. */
const little = 0.02;

/**
 * It is at its memory limit, and goes on in swap: slowly, and for as long as there is swap. Critical where that is nearly
 * full as well: what comes next is the kill. Source: docs/measuring.md#swap-at-the-limit.
 */
export const swapFull: Rule = {
  id: "swap-full",
  pace: "slow",
  of: "running",
  judge(watched, { at, thresholds, facts, open }) {
    const { instance, sample } = watched;
    if (sample === null || sample.memoryLimit === null || sample.swap === null) return "quiet";
    const limit = sample.memoryLimit;
    if (sample.swap < little * limit || sample.killable === null) return "quiet";
    const near = thresholds.memoryNear - (open ? 0.05 : 0);
    if (sample.killable < near * limit) return "quiet";
    const full = sample.swapLimit !== null && sample.swapLimit > 0 && sample.swap >= near * sample.swapLimit;
    const span = watched.seconds(10_000);
    const seen = { from: span.from, to: at };
    return {
      severity: full ? "critical" : "warning",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        swap: sample.swap,
        swapLimit: sample.swapLimit,
        killable: sample.killable,
        memoryLimit: limit,
        waitedMemory: span.mean("pressureMemory"),
      }),
      facts: { swap: sample.swap, swapLimit: sample.swapLimit, limit, full: full ? 1 : 0 },
      shows: "workingSet",
      proposal: raised(watched, limit, thresholds, facts),
    };
  },
};
