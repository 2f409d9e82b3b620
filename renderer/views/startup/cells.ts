import type { Kind } from "../../../shared/model/instance.ts";
import type { Moments, Race, Wish } from "../../../shared/model/race.ts";
import type { PhaseName } from "../../../shared/race/phases.ts";

/** One run in the row of all runs. cant: this computer can't do it. */
export type Cell = {
  readonly kind: Kind;
  readonly cold: boolean;
  readonly state: "planned" | "now" | "done" | "failed" | "cant" | "left";
};

/** The row before a race: alternating as an example, since the true order is drawn when it begins. */
export function plannedCells(kinds: readonly Kind[], cant: readonly Kind[], runs: number): readonly Cell[] {
  const all = (["container", "vm"] as const).filter((kind) => kinds.includes(kind) || cant.includes(kind));
  return Array.from({ length: runs }, () =>
    all.map((kind): Cell => ({ kind, cold: false, state: kinds.includes(kind) ? "planned" : "cant" })),
  ).flat();
}

/** The row of a race, in the order run; what was not run in a race that has ended is left. */
export function raceCells({ order, trials, state }: Race): readonly Cell[] {
  const on = state === "racing" || state === "preparing";
  return order.map(({ kind, cold }, index): Cell => {
    const trial = trials[index];
    if (trial) return { kind, cold, state: trial.trouble === null ? "done" : "failed" };
    if (!on) return { kind, cold, state: "left" };
    return { kind, cold, state: index === trials.length && state === "racing" ? "now" : "planned" };
  });
}

/** Which run of its kind is on: the number among the counted ones, or that it is a cold one. null: none is on. */
export function presentRun({ order, trials }: Race): {
  readonly kind: Kind;
  readonly cold: boolean;
  readonly number: number;
  readonly of: number;
} | null {
  const now = order[trials.length];
  if (!now) return null;
  const same = ({ kind, cold }: { kind: Kind; cold: boolean }) => kind === now.kind && cold === now.cold;
  const number = order.slice(0, trials.length + 1).filter(same).length;
  return { ...now, number, of: order.filter(same).length };
}

/** Counted runs of each kind that are over, whether they were ready or not; the fewer of the two where two race. */
export function roundsDone({ trials, wish }: Race): number {
  const of = (one: Kind) => trials.filter(({ kind, cold }) => kind === one && !cold).length;
  return Math.min(...wish.kinds.map(of));
}

/** How many runs a wish means in all, cold ones left out. */
export const runsOf = ({ kinds, runs }: Pick<Wish, "kinds" | "runs">): number => kinds.length * runs;

/** What a run is at, by the last moment that was seen of it: the phase that this moment began. */
export function phaseNow(kind: Kind, seen: keyof Moments | null): PhaseName {
  if (seen === null) return kind === "vm" ? "qemu" : "create";
  return afterMoment[seen];
}
const afterMoment: { readonly [moment in keyof Moments]-?: PhaseName } = {
  created: "start",
  netns: "process",
  startedAt: "ready",
  spawned: "firmware",
  firmware: "kernel",
  kernel: "kernel",
  init: "init",
  exec: "ready",
  ready: "ready",
};
