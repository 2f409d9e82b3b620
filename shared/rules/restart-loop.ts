import type { Millis } from "../model/units.ts";
import { evidence } from "./evidence.ts";
import type { Rule } from "./rule.ts";

/** Docker waits at most a minute between two tries: one that came so lately has not come to rest. */
const atIt: Millis = 120_000;
/** Between an end and the next try it is told as ended for a moment; for longer, and somebody stopped it. */
const stopped: Millis = 5_000;

/**
 * It ended and was started again by its engine, again and again. It is over when none came for the time that is set; it is
 * over too when somebody stopped it. What a person restarts does not count. Source: docs/measuring.md#restart-loop.
 */
export const restartLoop: Rule = {
  id: "restart-loop",
  pace: "tick",
  of: "any",
  judge(watched, { at, thresholds, facts }) {
    const { restarts, instance, kills, stateSince } = watched;
    const last = restarts.at(-1);
    const first = restarts[0];
    if (!first || !last || restarts.length < thresholds.restarts) return "quiet";
    if (at - last.at >= thresholds.restartsFor) return "quiet";
    const ended = instance.state === "stopped" || instance.state === "dead" || instance.state === "created";
    if (ended && at - stateSince >= stopped) return "quiet";
    const seen = { from: first.at, to: at };
    return {
      severity: at - last.at < atIt ? "critical" : "warning",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        restarts: restarts.length,
        kills: kills.length > 0 ? kills.length : null,
      }),
      facts: { restarts: restarts.length, firstAt: first.at, lastAt: last.at, kills: kills.length },
      shows: null,
      proposal: null,
    };
  },
};
