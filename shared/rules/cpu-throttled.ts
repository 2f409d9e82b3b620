import type { Cores } from "../model/units.ts";
import { evidence } from "./evidence.ts";
import { roundCores } from "./proposals.ts";
import type { Rule } from "./rule.ts";

/** What is open is looked at over so long only, so that its end is seen soon. */
const lately = 20_000;
/** It uses so much of its quota: a container that sleeps, wakes and is held back for a moment is not short of CPU. */
const busy = 0.6;

/**
 * The quota holds it back, steadily: in many of its periods, for much of its time, and while it uses nearly all that it may.
 * Short bursts against a low quota have the periods but not the time, or not the use. Source: docs/measuring.md#held-back.
 */
export const cpuThrottled: Rule = {
  id: "cpu-throttled",
  pace: "slow",
  of: "running",
  judge(watched, { at, thresholds, facts, open }) {
    const { instance, sample } = watched;
    if (sample === null || sample.cpuLimit === null || sample.throttledShare === null) return "quiet";
    const limit = sample.cpuLimit;
    // Nothing to look for in what is not held back now and was not.
    if (open === null && sample.throttledShare === 0) return "quiet";
    const span = watched.over(open ? Math.min(lately, thresholds.throttledFor) : thresholds.throttledFor);
    if (!span.whole) return "undecided";
    const periods = span.mean("throttledShare");
    const lost = span.mean("throttledTime");
    const cores = span.mean("cores");
    const ease = open ? 0.8 : 1;
    if (periods !== null && periods < thresholds.throttledPeriods * ease) return "quiet";
    if (periods === null || lost === null || cores === null) return "undecided";
    // Of the time that it wanted, what it was denied.
    const lostShare = lost / (lost + cores);
    const holds = lostShare >= thresholds.throttledTime * ease && cores >= busy * limit * ease;
    if (!holds) return "quiet";
    const seen = { from: span.from, to: at };
    return {
      severity: "warning",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        throttledPeriods: periods,
        throttledTime: lost,
        cores,
        cpuLimit: limit,
        waitedCpu: sample.pressureCpu,
      }),
      facts: { periods, lost, cores, limit, since: seen.from },
      shows: "throttledShare",
      proposal: proposal(watched, limit, cores + lost, thresholds.headroom, facts.threads),
    };
  },
};

/** What it used and what it was denied, with headroom; the run queue's loss is an upper bound, so at most four times its quota. */
function proposal(
  { cpuNeed }: Parameters<Rule["judge"]>[0],
  limit: Cores,
  wanted: Cores,
  headroom: number,
  threads: number,
) {
  const to = Math.min(threads, roundCores(Math.min(4 * limit, Math.max(wanted, limit) * (1 + headroom))));
  if (to <= limit) return null;
  const { peak, over } = cpuNeed;
  const sure = "never-unhindered" as const;
  return {
    resource: "cpu" as const,
    from: limit,
    to,
    basis: { peak, p99: cpuNeed.share(0.99), over, headroom, sure },
  };
}
