import type { Kind } from "../model/instance.ts";
import type { Moments } from "../model/race.ts";
import type { Millis } from "../model/units.ts";

export type PhaseName =
  | "create" // Docker makes the container
  | "start" // until it has a network namespace of its own
  | "process" // until its first process is the workload
  | "qemu" // until the emulator runs; where no firmware speaks, until the kernel does
  | "firmware"
  | "kernel" // until it runs the first program
  | "init" // until the workload is run
  | "ready"; // until the probe succeeds

/** A stretch of a run, in ms since the request. */
export type Phase = { readonly name: PhaseName; readonly from: Millis; readonly to: Millis };

type Ends = readonly (readonly [PhaseName, readonly (keyof Moments)[]])[];

/** Each phase with the moment that ends it, or what stands for that moment where it was not seen. */
const containerEnds: Ends = [
  ["create", ["created"]],
  ["start", ["netns", "exec", "startedAt"]],
  ["process", ["exec", "startedAt"]],
  ["ready", ["ready"]],
];
const vmEnds: Ends = [
  ["qemu", ["spawned"]],
  ["firmware", ["firmware"]],
  ["kernel", ["init", "exec"]],
  ["init", ["exec"]],
  ["ready", ["ready"]],
];
/** A microvm's firmware is silent: what lies before the kernel's first line is QEMU's. */
const quietVmEnds: Ends = [["qemu", ["kernel", "spawned"]], ...vmEnds.slice(2)];

const endsOf = (kind: Kind, { firmware }: Moments): Ends =>
  kind === "container" ? containerEnds : firmware === undefined ? quietVmEnds : vmEnds;

/**
 * A run cut into phases that lie end to end from 0 to ready, so that they add up to it. What was not seen has no phase: the
 * one after it is longer by it. A moment before an earlier one (two clocks: Docker's and ours) counts as that one. Of a run
 * that was never ready, the phases up to the last moment that was seen.
 * created 11, netns 107, exec 225, ready 239: create 11, start 96, process 118, ready 14; in all 239.
 */
export function phasesOf(kind: Kind, moments: Moments): readonly Phase[] {
  const phases: Phase[] = [];
  const most = moments.ready ?? Number.POSITIVE_INFINITY;
  let from = 0;
  for (const [name, candidates] of endsOf(kind, moments)) {
    const moment = candidates.map((one) => moments[one]).find((one) => one !== undefined);
    if (moment === undefined) continue;
    const to = Math.min(most, Math.max(from, moment));
    if (to > from || name === "ready") phases.push({ name, from, to });
    from = to;
  }
  return phases;
}
