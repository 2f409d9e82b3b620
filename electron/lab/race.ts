import type { Kind } from "../../shared/model/instance.ts";
import type { LabTrouble, Race, RaceNews, Trial } from "../../shared/model/race.ts";
import type { Millis } from "../../shared/model/units.ts";
import { median } from "../../shared/stats/outliers.ts";
import type { Clock } from "../machine/clock.ts";
import { settle } from "./container/trial.ts";
import { LabFailure, type Outcome, type Starter } from "./trial.ts";

/** A box that was left running, and how it is stopped. */
export type Kept = NonNullable<Outcome["kept"]>;

export type RaceOptions = {
  readonly clock: Clock;
  /** Ends the race after what was measured so far. */
  readonly signal: AbortSignal;
  readonly tell: (news: Omit<RaceNews, "revision">) => void;
};

/** A half that fails so often in a row is not going to be ready: it ends, and the other goes on. */
const hopeless = 3;

/**
 * Runs a planned race to its end, in its order. A failed trial is a trial with a trouble; a half that is hopeless leaves the
 * order. When `signal` aborts, the trial that is on is cleaned up and left out, what was left running is stopped, and the
 * race is "stopped" with what was measured. Never rejects.
 */
export async function runRace(
  planned: Race,
  starters: { readonly [kind in Kind]?: Starter },
  { clock, signal, tell }: RaceOptions,
): Promise<{ readonly race: Race; readonly kept: readonly Kept[] }> {
  const possible = planned.order.filter(({ kind }) => starters[kind] !== undefined);
  let race: Race = { ...planned, order: possible, state: "racing" };
  const pace = paceOf(clock);
  const kept: Kept[] = [];
  const failures: { [kind in Kind]: number } = { container: 0, vm: 0 };
  const say = (doing: RaceNews["doing"]) => tell({ race, doing, left: pace.left(race) });

  const one = async (kind: Kind, cold: boolean, starter: Starter): Promise<LabTrouble | null> => {
    const last = !race.order.slice(race.trials.length + 1).some((run) => run.kind === kind);
    const at = clock.now();
    pace.begin();
    say({ kind, moment: null });
    const outcome = await run(starter, race, last, (moment) => say({ kind, moment }), signal);
    if (outcome.kept) kept.push(outcome.kept);
    const { moments, memory, trouble } = outcome;
    const trial: Trial = { kind, cold, at, moments, memory, trouble };
    race = { ...race, trials: [...race.trials, trial], pair: kept.map(({ id }) => id) };
    return trouble;
  };

  try {
    for (let next = race.order[0]; next; next = race.order[race.trials.length]) {
      const { kind, cold } = next;
      const trouble = await one(kind, cold, starters[kind] as Starter);
      failures[kind] = trouble ? failures[kind] + 1 : 0;
      if (trouble && failures[kind] === hopeless) race = without(race, kind, trouble);
      const over = race.trials.length === race.order.length;
      const wait = kind === "container" && !over ? settle : 0;
      pace.end(kind, cold, wait);
      say(null);
      if (wait > 0) await clock.after(wait, signal);
    }
    signal.throwIfAborted();
    const ready = race.trials.some((trial) => trial.trouble === null);
    race = { ...race, state: ready ? "done" : "failed" };
  } catch {
    // Only `signal` leads here: every other failure is a trial's.
    await Promise.allSettled(kept.splice(0).map((box) => box.stop()));
    race = { ...race, state: "stopped", pair: [] };
  }
  return { race, kept };
}

async function run(
  starter: Starter,
  { wish }: Race,
  last: boolean,
  saw: Parameters<Starter["run"]>[0]["saw"],
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    signal.throwIfAborted();
    return await starter.run(
      { giveUp: wish.giveUp, weigh: wish.weigh, keep: wish.keep && last, saw },
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    return { moments: {}, memory: null, trouble: troubleOfTrial(error), kept: null };
  }
}

function troubleOfTrial(error: unknown): LabTrouble {
  if (error instanceof LabFailure) return error.trouble;
  const cause = error instanceof Error ? error.message : String(error);
  return { code: "failed", where: "Tare", cause, output: [] };
}

/** Takes the runs of a kind that are still to come out of the order: trials[i] stays the run of order[i]. */
const without = (race: Race, kind: Kind, why: LabTrouble): Race => ({
  ...race,
  order: race.order.filter((run, place) => place < race.trials.length || run.kind !== kind),
  troubles: [...race.troubles, why],
});

/** How long a run of each kind takes, from its request until the next one can begin. */
function paceOf(clock: Clock) {
  const lengths: { readonly [kind in Kind]: { readonly cold: Millis[]; readonly warm: Millis[] } } = {
    container: { cold: [], warm: [] },
    vm: { cold: [], warm: [] },
  };
  let begun: number | null = null;
  const since = (): Millis => (begun === null ? 0 : (clock.monotonic() - begun) / 1e6);
  const usual = (kind: Kind): Millis | null => median(lengths[kind].warm) ?? median(lengths[kind].cold);
  return {
    begin() {
      begun = clock.monotonic();
    },
    /** `wait`: what is waited for the next one. */
    end(kind: Kind, cold: boolean, wait: Millis) {
      lengths[kind][cold ? "cold" : "warm"].push(since() + wait);
      begun = null;
    },
    /** By the medians so far; null while one of the kinds that are still to run was not run once. */
    left({ order, trials }: Race): Millis | null {
      const toCome = order.slice(trials.length).map(({ kind }) => usual(kind));
      const known = toCome.filter((length) => length !== null);
      if (known.length < toCome.length) return null;
      return Math.max(0, known.reduce((sum, length) => sum + length, 0) - since());
    },
  };
}
