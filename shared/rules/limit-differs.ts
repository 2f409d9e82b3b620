import type { Millis } from "../model/units.ts";
import { evidence } from "./evidence.ts";
import type { Rule } from "./rule.ts";

/** The engine and the kernel are asked at different times: what differs for a moment does not. */
const settled: Millis = 10_000;
/** The kernel rounds memory to pages, and a quota to whole microseconds. */
const rounding = { memory: 4_096, cpu: 0.011, pids: 0 };

type Resource = keyof typeof rounding;
const resources: readonly Resource[] = ["memory", "cpu", "pids"];

/**
 * What the engine says is not what is in force: a group around it has a smaller limit, or somebody changed it behind the
 * engine's back. A warning where it may use less than it is told. Source: docs/measuring.md#another-limit-in-force.
 */
export const limitDiffers: Rule = {
  id: "limit-differs",
  pace: "slow",
  of: "running",
  judge({ instance, sample, limitsSince }, { at, facts }) {
    if (sample === null || instance.kind === "vm" || instance.weighed !== "cgroup" || !instance.detailed)
      return "quiet";
    if (instance.engine !== "docker" && instance.engine !== "podman") return "quiet";
    const { reported } = instance;
    const hosts = { memory: facts.memory, cpu: facts.threads, pids: Number.POSITIVE_INFINITY };
    const inForce = { memory: sample.memoryLimit, cpu: sample.cpuLimit, pids: sample.pidsLimit };
    const differing = resources.filter((resource) => {
      // Above the host's own size is none, on both sides.
      const told =
        (reported[resource] ?? Number.POSITIVE_INFINITY) > hosts[resource] ? null : reported[resource];
      const now = inForce[resource];
      // A quota of pids that nobody set is the system's own default for every service.
      if (resource === "pids" && told === null) return false;
      return told === null || now === null
        ? told !== now
        : Math.abs(told - now) > Math.max(rounding[resource], 0.001 * told);
    });
    const [resource] = differing;
    if (resource === undefined) return "quiet";
    if (at - limitsSince < settled) return "undecided";
    const less = differing.some(
      (one) => inForce[one] !== null && inForce[one] < (reported[one] ?? Number.POSITIVE_INFINITY),
    );
    const seen = { from: limitsSince, to: at };
    const told = (one: Resource, value: number | null) => (differing.includes(one) ? value : null);
    return {
      severity: less ? "warning" : "note",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        reportedMemory: told("memory", reported.memory),
        memoryLimit: told("memory", inForce.memory),
        reportedCpu: told("cpu", reported.cpu),
        cpuLimit: told("cpu", inForce.cpu),
        reportedPids: told("pids", reported.pids),
        pidsLimit: told("pids", inForce.pids),
      }),
      facts: {
        resource,
        reported: reported[resource],
        inForce: inForce[resource],
        ancestor: instance.bounds?.ancestors[resource] ?? null,
        more: differing.length - 1,
      },
      shows: resource === "memory" ? "workingSet" : resource === "cpu" ? "cores" : "pids",
      proposal: null,
    };
  },
};
