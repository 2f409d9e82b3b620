import type { NamedLimit } from "../../shared/model/detail.ts";
import type { Event } from "../../shared/model/event.ts";
import type { Claim, EngineName } from "../../shared/model/instance.ts";
import type { Told } from "../../shared/model/reading.ts";
import type { Looked } from "../../shared/model/status.ts";
import type { TroubleCode } from "../../shared/model/trouble.ts";

/** Who exists. Weighing is the readers' job; deadline, back-off and status are supervisor.ts's. */
export type Engine = {
  readonly name: EngineName;
  /**
   * Tells the news until `signal` aborts. Throws on any failure (an EngineFailure where it knows why): the
   * supervisor makes it a Trouble, waits, and calls again. Everything it opened is closed when it ends.
   */
  watch(tell: (news: News) => void, signal: AbortSignal): Promise<void>;
};

export type News =
  /** Connected: told once a connection, before anything else. `where`: the socket, address or program in use. */
  | { readonly ready: { readonly version: string | null; readonly where: string } }
  /** Still there; the supervisor calls an engine silent that told nothing at all for its patience (3 s). */
  | { readonly alive: true }
  /** New, or its facts changed. */
  | { readonly came: Claim }
  | { readonly went: string }
  /** The full list: whoever is not in it is gone. */
  | { readonly all: readonly Claim[] }
  /** What the engine itself can say of an instance's figures, by claim id. */
  | { readonly told: string; readonly reading: Told }
  /** What the engine itself limits of an instance, as the panel lists it, by claim id. */
  | { readonly limited: string; readonly limits: readonly NamedLimit[] }
  | { readonly event: Event }
  /** Every place that was looked at for this engine. */
  | { readonly looked: readonly Looked[] };

/** A failure whose cause the engine knows; anything else that is thrown is classified by trouble-of.ts. */
export class EngineFailure extends Error {
  readonly code: TroubleCode;
  readonly where: string;
  constructor(code: TroubleCode, where: string, cause?: unknown) {
    super(`${code}: ${where}`, { cause });
    this.code = code;
    this.where = where;
  }
}
