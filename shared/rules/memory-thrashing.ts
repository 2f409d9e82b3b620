import { sumOfKnown } from "../measure/plausible.ts";
import { evidence } from "./evidence.ts";
import { raised } from "./proposals.ts";
import type { Rule } from "./rule.ts";

const lately = 15_000;
/** All of it stands still for half of the time: little is left of its work. */
const mostlyStill = 0.5;
/** So many pages a second were read again that had just been taken back (4 MB/s): the disk is waited for on memory's account. */
const manyRefaults = 1_000;
/** Charged so much of its limit, it is at it: where the kernel does not count hits (cgroup v1 with no swap allowed). */
const atIt = 0.9;

/**
 * At its limit, and busy with taking memory back and reading it again, without a kill: it hits the limit, and its tasks wait
 * for memory. Page cache alone hits a limit too, but nobody waits. Source: docs/measuring.md#thrashing.
 */
export const memoryThrashing: Rule = {
  id: "memory-thrashing",
  pace: "slow",
  of: "running",
  judge(watched, { at, thresholds, facts, open }) {
    const { instance, sample } = watched;
    if (sample === null || (sample.memoryLimit === null && sample.memoryHigh === null)) return "quiet";
    const ease = open ? 0.5 : 1;
    const least = thresholds.thrashingPressure * ease;
    // Nobody waits and nothing is read again now: there is nothing to look back at.
    if (open === null && (sample.pressureMemory ?? 0) < least / 2 && (sample.refaults ?? 0) < manyRefaults)
      return "quiet";
    const span = watched.seconds(open ? Math.min(lately, thresholds.thrashingFor) : thresholds.thrashingFor);
    if (!span.whole) return "undecided";
    const limit = sample.memoryLimit ?? sample.memoryHigh;
    const hits = sumOfKnown(span.grown("limitHits"), span.grown("highHits"));
    const charged = (sample.gross ?? 0) - (sample.tareHelpers ?? 0);
    const atLimit = hits === null ? limit !== null && charged >= atIt * limit : hits > 0;
    const waited = span.mean("pressureMemory");
    const still = span.mean("pressureMemoryFull");
    const refaults = span.mean("refaults");
    const again = (refaults ?? 0) >= manyRefaults * ease;
    const forDisk = again ? span.mean("pressureIo") : null;
    const waits =
      waited === null && forDisk === null ? again : (waited ?? 0) >= least || (forDisk ?? 0) >= least;
    if (!atLimit || !waits) return "quiet";
    const seen = { from: span.from, to: at };
    return {
      severity: still !== null && still >= mostlyStill ? "critical" : "warning",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        limitHits: hits,
        refaults,
        waitedMemory: waited,
        stoodStillMemory: still,
        waitedIo: forDisk,
        own: sample.net,
        cache: sample.cache,
        memoryLimit: limit,
      }),
      facts: {
        hits,
        refaults,
        waited: Math.max(waited ?? 0, forDisk ?? 0),
        still,
        limit,
        over: at - span.from,
      },
      shows: "pressureMemory",
      proposal: raised(watched, limit, thresholds, facts),
    };
  },
};
