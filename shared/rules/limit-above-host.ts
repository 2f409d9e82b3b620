import { evidence } from "./evidence.ts";
import type { Rule } from "./rule.ts";

/** A limit that is larger than the computer ends nothing: it is as good as none. Source: docs/measuring.md#above-the-host. */
export const limitAboveHost: Rule = {
  id: "limit-above-host",
  pace: "rare",
  of: "running",
  judge({ instance, sample, since }, { at, facts }) {
    const { reported, kind, virtualization } = instance;
    const size = kind === "vm" ? (virtualization?.configured ?? null) : reported.memory;
    const cores = kind === "vm" ? (virtualization?.vcpus ?? null) : reported.cpu;
    const memory = size !== null && size > facts.memory;
    const cpu = cores !== null && cores > facts.threads;
    if (!memory && !cpu) return "quiet";
    // A group around it has a limit that does hold.
    if (kind === "container" && (memory ? sample?.memoryLimit : sample?.cpuLimit) != null) return "quiet";
    const seen = { from: since, to: at };
    return {
      severity: "note",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        reportedMemory: memory && kind === "container" ? size : null,
        configured: memory && kind === "vm" ? size : null,
        hostMemory: memory ? facts.memory : null,
        reportedCpu: memory ? null : cores,
        hostThreads: memory ? null : facts.threads,
      }),
      facts: {
        resource: memory ? "memory" : "cpu",
        limit: memory ? size : cores,
        host: memory ? facts.memory : facts.threads,
        vm: kind === "vm" ? 1 : 0,
      },
      shows: null,
      proposal: null,
    };
  },
};
