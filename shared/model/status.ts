import type { EngineName } from "./instance.ts";
import type { Trouble } from "./trouble.ts";
import type { Millis } from "./units.ts";

/** searching: first look · ready: answers · silent: stopped answering · lost: was here, is gone · absent: not here · denied: may not be asked. */
export type EngineState = "searching" | "ready" | "silent" | "lost" | "absent" | "denied";

/** How one engine is doing; one row of the strip, of the banners and of `tare doctor`. */
export type EngineStatus = {
  readonly engine: EngineName;
  readonly state: EngineState;
  /** Version as the engine tells it. */
  readonly version: string | null;
  /** Socket, address or program in use. */
  readonly where: string | null;
  /** Every place that was looked at, with what was found there. */
  readonly looked: readonly Looked[];
  readonly trouble: Trouble | null;
  readonly since: Millis;
  /** When it is tried again; null: not waiting. */
  readonly nextTry: Millis | null;
};

export type Looked = { readonly where: string; readonly found: boolean };
