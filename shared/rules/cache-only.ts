import { evidence } from "./evidence.ts";
import type { Rule } from "./rule.ts";

/** What can kill it must stay so far below what counts as near. */
const far = 0.2;
/** Pages a second that were taken back and read again: then it does need what was taken. */
const someRefaults = 100;

/**
 * The working set is near the limit, but what stands there is page cache that the kernel takes back without anybody waiting:
 * it needs nothing. Never more than a note. Source: docs/measuring.md#only-cache.
 */
export const cacheOnly: Rule = {
  id: "cache-only",
  pace: "slow",
  of: "running",
  judge(watched, { at, thresholds, facts, open }) {
    const { instance, sample } = watched;
    if (sample === null || sample.memoryLimit === null || sample.workingSet === null) return "quiet";
    if (instance.kind === "vm" || sample.killable === null) return "quiet";
    const limit = sample.memoryLimit;
    const near = thresholds.memoryNear - (open ? 0.05 : 0);
    if (
      sample.workingSet < near * limit ||
      sample.killable > Math.max(0, thresholds.memoryNear - far) * limit
    )
      return "quiet";
    const span = watched.seconds(10_000);
    const waited = span.mean("pressureMemory");
    if ((waited ?? 0) >= thresholds.thrashingPressure / 2 || (span.mean("refaults") ?? 0) >= someRefaults)
      return "quiet";
    const seen = { from: span.from, to: at };
    return {
      severity: "note",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        workingSet: sample.workingSet,
        cache: sample.cache,
        killable: sample.killable,
        waitedMemory: waited,
        memoryLimit: limit,
      }),
      facts: { used: sample.workingSet / limit, own: sample.killable, cache: sample.cache, limit },
      shows: "workingSet",
      proposal: null,
    };
  },
};
