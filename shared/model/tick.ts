import type { Sample } from "../figures.ts";
import type { Event } from "./event.ts";
import type { HostSample, ReplayState, SelfSample } from "./host.ts";
import type { Instance } from "./instance.ts";
import type { EngineStatus } from "./status.ts";
import type { Millis } from "./units.ts";

/** One step of a source: what changed, and every sample taken in it. The unit that history, feed and recorder take. */
export type Tick = {
  readonly at: Millis;
  /** true: everything that exists stands in `came`; forget what you knew (first tick of a listener, a seek, another source). */
  readonly whole: boolean;
  /** New instances and those whose facts changed. */
  readonly came: readonly Instance[];
  /** Ids that are gone. */
  readonly went: readonly string[];
  /**
   * By instance id; only what was weighed in this step. Live, it is the same object as in the step before while no figure is
   * another one.
   */
  readonly samples: ReadonlyMap<string, Sample>;
  readonly events: readonly Event[];
  readonly host: HostSample;
  readonly self: SelfSample;
  /** All engines, in the order of the list; the same array while nothing changed. */
  readonly engines: readonly EngineStatus[];
  readonly replay: ReplayState | null;
};
