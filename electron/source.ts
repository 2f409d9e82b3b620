import type { Detail } from "../shared/model/detail.ts";
import type { HostFacts } from "../shared/model/host.ts";
import type { Race } from "../shared/model/race.ts";
import type { Tick } from "../shared/model/tick.ts";
import type { Millis } from "../shared/model/units.ts";

/** Where ticks come from: the machine (live.ts) or a recording (replay.ts). Everything behind it knows no difference. */
export type Source = {
  /** false for a recording. */
  readonly live: boolean;
  readonly facts: HostFacts;
  /**
   * Hands every tick to `listener` from now on, in order, until `signal` aborts. The first tick a listener gets is
   * whole: every instance that exists stands in its `came`.
   */
  listen(listener: (tick: Tick) => void, signal: AbortSignal): void;
  /**
   * What was from `from` up to now, oldest first and the first tick whole, where the source knows it without having been
   * listened to: a recording does. Without `from`: the hour before now.
   */
  past(from?: Millis): Iterable<Tick>;
  /** What the panel of an instance asks for; null where it is not known (a recording, an instance that is gone). */
  detail(id: string): Promise<Detail | null>;
  /** Races that a recording holds, the newest first; null of this computer, whose races the lab keeps. */
  races(): readonly Race[] | null;
  /** Looks for engines again, now. */
  retry(): void;
  /** Steers a replay; throws when live. */
  steer(change: {
    playing?: boolean | undefined;
    position?: number | undefined;
    speed?: number | undefined;
  }): void;
};
