import type { Kind } from "../model/instance.ts";
import type { Race, Trial, TrialMemory } from "../model/race.ts";
import type { Bytes, Millis } from "../model/units.ts";
import { outliers } from "../stats/outliers.ts";
import { quantile } from "../stats/quantile.ts";
import { type Interval, ratioOfMedians } from "../stats/ratio-of-medians.ts";
import { type Phase, phasesOf } from "./phases.ts";

/** One half of a race. Times in ms from the request to ready; the counted runs only, but for `cold` and `failures`. */
export type Half = {
  /** Counted runs that were ready. */
  readonly runs: number;
  /** Counted and cold runs that were not. */
  readonly failures: number;
  readonly median: Millis | null;
  readonly p95: Millis | null;
  readonly fastest: Millis | null;
  readonly slowest: Millis | null;
  /** The runs before the counted ones, in their order. */
  readonly cold: readonly Millis[];
  /** Counted runs that lie far from the others: places in `race.trials`. Marked, never dropped. */
  readonly outliers: ReadonlySet<number>;
  /** The run that is nearest to the median, whose phases are shown; a place in `race.trials`. */
  readonly medianRun: number | null;
  readonly phases: readonly Phase[];
  readonly memory: TrialMemory | null;
};

export type Summary = {
  readonly halves: { readonly [kind in Kind]: Half };
  /** How many times later the VM is ready: ratio of the medians, with its 95 % interval. */
  readonly ratio: Interval | null;
  /** How many times as much the VM weighs: ratio of the gross. */
  readonly weight: number | null;
};

/**
 * What a race says. Each figure is explained in docs/measuring.md#time-to-ready; an unfinished race has one as well.
 * A VM's net is what the same workload holds as a container, and its tare what is beyond that (docs/measuring.md#vm-memory).
 */
export function summaryOf(race: Race): Summary {
  const container = half(race, "container");
  const guest = half(race, "vm");
  const vm = { ...guest, memory: split(guest.memory, container.memory?.net ?? null) };
  const ratio = ratioOfMedians(ready(race, "vm"), ready(race, "container"), race.seed);
  return { halves: { container, vm }, ratio, weight: weight(vm.memory, container.memory) };
}

const counted = (race: Race, kind: Kind) =>
  race.trials.flatMap((trial, place) => {
    const { ready } = trial.moments;
    return trial.kind === kind && !trial.cold && !trial.trouble && ready !== undefined
      ? [{ trial, place, ready }]
      : [];
  });

const ready = (race: Race, kind: Kind): readonly Millis[] => counted(race, kind).map((run) => run.ready);

function half(race: Race, kind: Kind): Half {
  const runs = counted(race, kind);
  const sorted = Float64Array.from(runs, (run) => run.ready).sort();
  const middle = quantile(sorted, 0.5);
  const far = outliers(runs.map((run) => run.ready));
  const medianRun = nearest(runs, middle);
  const all = race.trials.filter((trial) => trial.kind === kind);
  return {
    runs: runs.length,
    failures: all.filter(({ trouble }) => trouble !== null).length,
    median: middle,
    p95: quantile(sorted, 0.95),
    fastest: sorted[0] ?? null,
    slowest: sorted.at(-1) ?? null,
    cold: all.flatMap(({ cold, trouble, moments }) =>
      cold && !trouble && moments.ready !== undefined ? [moments.ready] : [],
    ),
    outliers: new Set(runs.filter((_, index) => far[index]).map(({ place }) => place)),
    medianRun: medianRun?.place ?? null,
    phases: medianRun ? phasesOf(kind, medianRun.trial.moments) : [],
    memory: memoryOf(runs.map(({ trial }) => trial)),
  };
}

/** Of two that are as near, the faster. */
function nearest<Run extends { readonly ready: Millis }>(
  runs: readonly Run[],
  middle: Millis | null,
): Run | null {
  if (middle === null) return null;
  const far = (run: Run) => Math.abs(run.ready - middle);
  return [...runs].sort((one, other) => far(one) - far(other) || one.ready - other.ready || 0)[0] ?? null;
}

/**
 * What the run weighed whose gross is the median; of an even number the lighter one in the middle. One run's parts, not the
 * median of each part: those would not add up to the gross.
 */
function memoryOf(trials: readonly Trial[]): TrialMemory | null {
  const weighed = trials
    .flatMap(({ memory }) => (memory && memory.gross !== null ? [{ memory, gross: memory.gross }] : []))
    .sort((one, other) => one.gross - other.gross);
  return weighed[Math.floor((weighed.length - 1) / 2)]?.memory ?? null;
}

/** Gross 284 MiB, the container's net 5: net 5, tare 279. A net above the gross can't be its net: both are unknown. */
function split(guest: TrialMemory | null, net: Bytes | null): TrialMemory | null {
  if (guest === null || guest.gross === null || net === null || net > guest.gross) return guest;
  return { ...guest, net, tare: guest.gross - net };
}

const weight = (vm: TrialMemory | null, container: TrialMemory | null): number | null =>
  vm?.gross && container?.gross ? vm.gross / container.gross : null;
