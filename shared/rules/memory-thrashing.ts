import { evidence } from "./evidence.ts";
import { raised } from "./proposals.ts";
import type { Rule } from "./rule.ts";

const lately = 15_000;
/** All of it stands still for half of the time: little is left of its work. */
const mostlyStill = 0.5;
/** Where the kernel counts no pressure: so many pages a second were read again that had just been taken back (4 MB/s). */
const manyRefaults = 1_000;

/**
 * At its limit, and busy with taking memory back and reading it again, without a kill: it hits the limit, and its tasks wait
 * for memory. Page cache alone hits a limit too, but nobody waits. Source: docs/measuring.md#thrashing.
 */
export const memoryThrashing: Rule = {
  id: "memory-thrashing",
  pace: "tick",
  of: "running",
  judge(watched, { at, thresholds, facts, open }) {
    const { instance, sample } = watched;
    if (sample === null || (sample.memoryLimit === null && sample.memoryHigh === null)) return "quiet";
    const ease = open ? 0.5 : 1;
    const least = thresholds.thrashingPressure * ease;
    // Nobody waits for memory now: there is nothing to look back at.
    if (open === null && sample.pressureMemory !== null && sample.pressureMemory < least / 2) return "quiet";
    const span = watched.seconds(open ? Math.min(lately, thresholds.thrashingFor) : thresholds.thrashingFor);
    if (!span.whole) return "undecided";
    const hits = (span.grown("limitHits") ?? 0) + (span.grown("highHits") ?? 0);
    const waited = span.mean("pressureMemory");
    const still = span.mean("pressureMemoryFull");
    const refaults = span.mean("refaults");
    const waits = waited === null ? (refaults ?? 0) >= manyRefaults * ease : waited >= least;
    if (hits === 0 || !waits) return "quiet";
    const seen = { from: span.from, to: at };
    const limit = sample.memoryLimit ?? sample.memoryHigh;
    return {
      severity: still !== null && still >= mostlyStill ? "critical" : "warning",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        limitHits: hits,
        refaults,
        waitedMemory: waited,
        stoodStillMemory: still,
        own: sample.net,
        cache: sample.cache,
        memoryLimit: limit,
      }),
      facts: { hits, refaults, waited, still, limit, over: at - span.from },
      shows: "pressureMemory",
      proposal: raised(watched, limit, thresholds, facts),
    };
  },
};
