import { evidence } from "./evidence.ts";
import type { HostRule } from "./rule.ts";

/** Less than this share of the computer's memory is left: now it matters that not all limits can be met. */
const scarce = 0.1;

/**
 * All memory limits and VM sizes together are more than the computer has: they can't all be met at once. A note, as most never
 * will be; a warning while memory is scarce. Source: docs/measuring.md#limits-together.
 */
export const limitsOverHost: HostRule = {
  id: "limits-over-host",
  judge(everyone, { at, facts, host, open }) {
    let sum = 0;
    let count = 0;
    let unlimited = 0;
    for (const { instance, sample } of everyone) {
      if (instance.state !== "running" || instance.engine === "cgroup") continue;
      const size =
        instance.kind === "vm"
          ? (instance.virtualization?.configured ?? null)
          : (sample?.memoryLimit ?? null);
      if (size === null) unlimited++;
      else {
        sum += size;
        count++;
      }
    }
    if (count < 2 || sum <= facts.memory * (open ? 0.98 : 1)) return "quiet";
    const tight =
      host.available !== null && host.available < (open === "warning" ? 1.2 : 1) * scarce * facts.memory;
    const seen = { from: at, to: at };
    return {
      severity: tight ? "warning" : "note",
      ...seen,
      evidence: evidence(null, facts, seen, { sumOfLimits: sum, hostMemory: facts.memory }),
      facts: { sum, count, unlimited, host: facts.memory, available: tight ? host.available : null },
      shows: null,
      proposal: null,
    };
  },
};
