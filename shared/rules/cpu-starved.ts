import { evidence } from "./evidence.ts";
import type { Rule } from "./rule.ts";

const lately = 20_000;
/** The computer's threads are nearly all taken. */
const busyHost = 0.9;
/** It takes less than so much of what the computer does: others take the rest. */
const smallPart = 0.5;

/**
 * Its tasks wait for CPU though no quota holds them back: others have it. A note where it is its own work that fills the
 * computer, or where others do not: then it has more tasks than it may have cores. Source: docs/measuring.md#starved.
 */
export const cpuStarved: Rule = {
  id: "cpu-starved",
  pace: "slow",
  of: "running",
  judge(watched, { at, thresholds, facts, host, open }) {
    const { instance, sample } = watched;
    if (sample === null || sample.pressureCpu === null) return "quiet";
    const ease = open ? 0.6 : 1;
    const least = thresholds.starvedPressure * ease;
    if (open === null && sample.pressureCpu < least / 2) return "quiet";
    const span = watched.over(open ? Math.min(lately, thresholds.starvedFor) : thresholds.starvedFor);
    if (!span.whole) return "undecided";
    const waited = span.mean("pressureCpu");
    const cores = span.mean("cores");
    const throttled = span.mean("throttledShare") ?? 0;
    if (waited === null || cores === null) return "undecided";
    // Whoever is stopped by a quota waits as well: that is told by the other rule.
    if (waited < least || throttled >= thresholds.throttledPeriods / 4) return "quiet";
    const others =
      host.cores !== null && host.cores >= busyHost * facts.threads && cores < smallPart * host.cores;
    const seen = { from: span.from, to: at };
    return {
      severity: others ? "warning" : "note",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        waitedCpu: waited,
        cores,
        hostCores: host.cores,
        hostThreads: facts.threads,
      }),
      facts: { waited, cores, host: host.cores, threads: facts.threads, others: others ? 1 : 0 },
      shows: "pressureCpu",
      proposal: null,
    };
  },
};
