import { evidence } from "./evidence.ts";
import type { Rule } from "./rule.ts";

/** Nothing but the host's own size ends its memory. A note: it harms nobody until it grows. Source: docs/measuring.md#no-limit. */
export const noLimit: Rule = {
  id: "no-limit",
  pace: "slow",
  of: "running",
  judge({ instance, sample, memoryNeed }, { at, facts }) {
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
      facts: { used: sample.workingSet, peak: memoryNeed.peak, over: memoryNeed.over },
      shows: "workingSet",
      proposal: null,
    };
  },
};
