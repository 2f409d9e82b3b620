import type { Proposal } from "../model/change.ts";
import { evidence } from "./evidence.ts";
import type { Rule } from "./rule.ts";

/** A refused start counts for so long. */
const refusedFor = 30_000;

/** Near its limit of processes; critical where some could not be started. Source: docs/measuring.md#pids-near-the-limit. */
export const pidsFull: Rule = {
  id: "pids-full",
  pace: "tick",
  of: "running",
  judge(watched, { at, thresholds, facts, open }) {
    const { instance, sample } = watched;
    if (sample === null || sample.pidsLimit === null || sample.pids === null) return "quiet";
    const limit = sample.pidsLimit;
    const near = sample.pids >= (thresholds.pidsNear - (open ? 0.05 : 0)) * limit;
    if (!near && open === null && (sample.pidsHits ?? 0) === 0) return "quiet";
    const span = watched.seconds(refusedFor);
    const refused = span.grown("pidsHits") ?? 0;
    if (!near && refused === 0) return "quiet";
    const seen = { from: span.from, to: at };
    return {
      severity: refused > 0 ? "critical" : "warning",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        pids: sample.pids,
        pidsLimit: limit,
        pidsHits: refused > 0 ? refused : null,
      }),
      facts: { pids: sample.pids, limit, refused },
      shows: "pids",
      proposal: doubled(limit, span.max("pids"), at - watched.since),
    };
  },
};

/** A process costs little, and a limit of them is there to stop one that breeds: twice as many stops it as well. */
function doubled(limit: number, peak: number | null, over: number): Proposal {
  return {
    resource: "pids",
    from: limit,
    to: 2 * limit,
    basis: { peak, p99: null, over, headroom: 1, sure: "never-unhindered" },
  };
}
