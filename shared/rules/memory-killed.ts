import { evidence } from "./evidence.ts";
import { raised } from "./proposals.ts";
import type { Rule } from "./rule.ts";

/** So long after a kill it is critical whatever the use is: work was lost a moment ago. */
const justNow = 600_000;
/** An open one is near its limit until it is so far below what counts as near. */
const slack = 0.05;

/**
 * Processes of it were killed for memory: also inside a container that lives on, and when it ended by it. Holds as long as a
 * kill counts; raising the limit ends it, unless it is near the new one as well. Source: docs/measuring.md#killed-for-memory.
 */
export const memoryKilled: Rule = {
  id: "memory-killed",
  pace: "tick",
  of: "any",
  judge(watched, { at, thresholds, facts, open }) {
    if (watched.kills.length === 0) return "quiet";
    const kills = watched.kills.filter((kill) => at - kill.at < thresholds.killedFor);
    const last = kills.at(-1);
    const first = kills[0];
    if (!first || !last) return "quiet";
    const { sample, instance } = watched;
    const limit = sample?.memoryLimit ?? last.limit ?? instance.reported.memory;
    const held = sample?.killable ?? null;
    const near =
      held !== null && limit !== null && held >= (thresholds.memoryNear - (open ? slack : 0)) * limit;
    const raisedSince = limit !== null && last.limit !== null && limit > last.limit * 1.02;
    if ((raisedSince || (limit === null && sample !== null)) && !near) return "quiet";
    return {
      severity: near || at - last.at < justNow ? "critical" : "warning",
      from: first.at,
      to: at,
      evidence: evidence(
        instance,
        facts,
        { from: first.at, to: at },
        {
          kills: kills.length,
          memoryLimit: limit,
          own: sample?.net ?? null,
          cache: sample?.cache ?? null,
          limitHits: sample?.limitHits ?? null,
          waitedMemory: sample?.pressureMemory ?? null,
          restarts: watched.restarts.length > 0 ? watched.restarts.length : null,
        },
      ),
      facts: {
        kills: kills.length,
        lastAt: last.at,
        within: thresholds.killedFor,
        who: last.detail,
        limit,
        own: sample?.net ?? null,
        cache: sample?.cache ?? null,
        used: near && limit !== null && held !== null ? held / limit : null,
        running: instance.state === "running" ? 1 : 0,
      },
      shows: "workingSet",
      proposal: raised(watched, limit, thresholds, facts),
    };
  },
};
