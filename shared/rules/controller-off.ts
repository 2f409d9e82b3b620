import { evidence } from "./evidence.ts";
import type { HostRule } from "./rule.ts";

/** No figure of memory for so long: not a file that could not be read once. */
const lasting = 10_000;

/**
 * The kernel keeps no memory for these containers: its controller is off (the Raspberry Pi's default), or not handed down to
 * them. Nothing is measured, and no limit holds. Source: docs/measuring.md#controller-off.
 */
export const controllerOff: HostRule = {
  id: "controller-off",
  judge(everyone, { at, facts }) {
    let count = 0;
    let limited = 0;
    let of = 0;
    let name: string | null = null;
    let undecided = false;
    for (const { instance, sample, seconds } of everyone) {
      if (instance.state !== "running" || instance.weighed !== "cgroup" || instance.kind === "vm") continue;
      of++;
      if (sample === null) continue;
      const { bounds } = instance;
      if (bounds !== null && !bounds.without.includes("memory")) continue;
      // A recording of before bounds were told: CPU is measured, and memory never.
      const span = bounds === null ? seconds(lasting) : null;
      if (span && (sample.cores === null || span.max("workingSet") !== null)) continue;
      if (span && !span.whole) undecided = true;
      else {
        count++;
        name = instance.name;
        if (instance.reported.memory !== null) limited++;
      }
    }
    if (count === 0) return undecided ? "undecided" : "quiet";
    return {
      severity: limited > 0 ? "warning" : "note",
      from: at - lasting,
      to: at,
      evidence: evidence(
        null,
        facts,
        { from: at - lasting, to: at },
        { withoutMemory: count, limitsNotHeld: limited },
      ),
      facts: { count, of, limited, name: count === 1 ? name : null },
      shows: null,
      proposal: null,
    };
  },
};
