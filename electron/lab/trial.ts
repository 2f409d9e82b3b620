import type { Kind } from "../../shared/model/instance.ts";
import type { LabTrouble, Moments, TrialMemory } from "../../shared/model/race.ts";
import type { Millis } from "../../shared/model/units.ts";

/** What a trial found. `ready` in `moments` and no trouble, or a trouble and no `ready`. */
export type Outcome = {
  readonly moments: Moments;
  readonly memory: TrialMemory | null;
  readonly trouble: LabTrouble | null;
  /** What was left running, if it was asked for: the instance's id. It ends by `stop`. */
  readonly kept: { readonly id: string; stop(): Promise<void> } | null;
};

/** How one trial goes. */
export type TrialOptions = {
  readonly giveUp: Millis;
  readonly weigh: boolean;
  /** Leaves it running. */
  readonly keep: boolean;
  /** Hears of each moment as it is seen, for the progress. */
  readonly saw: (moment: keyof Moments) => void;
};

/**
 * Starts one workload in one kind of box, as often as it is asked to. The contract between a race and what it races.
 * `run` resolves with what it found, also when the workload fails; it rejects only when `signal` aborts, and has cleaned
 * up by then. Nothing of a trial is left behind but what was asked to be kept.
 */
export type Starter = {
  readonly kind: Kind;
  run(options: TrialOptions, signal: AbortSignal): Promise<Outcome>;
};

/** Why the lab can't go on: thrown inside, told as data outside. */
export class LabFailure extends Error {
  readonly trouble: LabTrouble;
  constructor(trouble: Pick<LabTrouble, "code" | "where"> & Partial<LabTrouble>) {
    super(`${trouble.code}: ${trouble.where}${trouble.cause ? `: ${trouble.cause}` : ""}`);
    this.trouble = { cause: null, output: [], ...trouble };
  }
}
