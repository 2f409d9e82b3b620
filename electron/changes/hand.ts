import type { Setting } from "../../shared/mends/setting.ts";
import type { Resource } from "../../shared/model/change.ts";
import type { Handle } from "../../shared/model/instance.ts";
import type { Bytes } from "../../shared/model/units.ts";
import type { ComposeLabels } from "./compose/files.ts";

/** An instance, read anew from its engine. */
export type Look = {
  readonly name: string;
  readonly running: boolean;
  /** Changes with every start. */
  readonly run: string | null;
  /** The limits as the engine keeps them; null: it has no such limit. */
  setting(resource: Resource): Setting | null;
  /** A setting in the engine's own words, a line each: "Memory 335544320". */
  lines(setting: Setting): readonly string[];
  /** Where it can be weighed; null: not here. */
  readonly handle: Handle | null;
  readonly compose: ComposeLabels | null;
  /** The largest RAM of a VM; null: a container. */
  readonly most: Bytes | null;
};

/** One instance in the hand of its engine: what can be read of it, and set. Every call ends by a deadline of its own. */
export type Hand = {
  /** Throws a ChangeFailure "gone" where it is no more, "replaced" where its name is another's now. */
  look(signal: AbortSignal): Promise<Look>;
  /** Throws what the engine says. */
  set(setting: Setting, signal: AbortSignal): Promise<void>;
  /** The command that does the same. */
  command(setting: Setting, name: string): string;
  close(): void;
};
