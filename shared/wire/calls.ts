import * as z from "zod/mini";
import type { FigureName } from "../figures.ts";
import { figureNames } from "../figures.ts";
import {
  type Change,
  type ChangeTrouble,
  changeSchema,
  type Mend,
  type Prepared,
  resources,
} from "../model/change.ts";
import type { Detail } from "../model/detail.ts";
import type { PastFinding } from "../model/finding.ts";
import type { HostFacts } from "../model/host.ts";
import {
  type LabImage,
  type LabPart,
  type LabTrouble,
  type Race,
  type RaceNews,
  wishSchema,
} from "../model/race.ts";
import { type Settings, type SettingsTold, settingsPatchSchema } from "../model/settings.ts";
import type { EngineStatus } from "../model/status.ts";
import type { Trouble } from "../model/trouble.ts";
import type { Millis } from "../model/units.ts";
import type { Span } from "../rules/past.ts";

/** Series of one instance: `at` in ms, oldest first; a gap is a step without a value (null). */
export type Series = {
  readonly at: readonly Millis[];
  /** Length of a step in ms: 1,000, or 10,000 where mean, min and max of ten seconds are told. */
  readonly step: readonly Millis[];
  readonly figures: { readonly [name in FigureName]?: readonly (number | null)[] };
  readonly min: { readonly [name in FigureName]?: readonly (number | null)[] };
  readonly max: { readonly [name in FigureName]?: readonly (number | null)[] };
};

/** What `tare doctor` and the first-run help show. */
export type Doctor = {
  readonly version: string;
  readonly node: string;
  readonly facts: HostFacts;
  readonly controllers: readonly string[];
  readonly engines: readonly EngineStatus[];
};

/** Findings that are over, the newest first, at most a thousand and none older than a day. */
export type FindingLog = {
  /** When Tare looked, within the day, oldest first; what was between is not known. The last one goes on. */
  readonly watched: readonly Span[];
  readonly cleared: readonly PastFinding[];
  /** Why they are not kept on disk; null: they are, or are not meant to be. */
  readonly trouble: Trouble | null;
};

const id = z.string().check(z.maxLength(512));
const none = z.strictObject({});
/** A name as the user types it. */
const typed = z.string().check(z.maxLength(512));

/**
 * Every call a page may make: its request's schema (unknown keys refused) and the type of its reply.
 * To add one: a line here and its handler in electron/app.ts; the compiler asks for both.
 */
export const calls = {
  /** The hour of one instance, at full rate for the last ten minutes. */
  history: call<Series>()(
    z.strictObject({
      id,
      from: z.number(),
      figures: z.array(z.enum(figureNames as [FigureName, ...FigureName[]])).check(z.maxLength(64)),
    }),
  ),
  /** The last minutes of two figures of every instance, for sparklines. */
  recent: call<{
    readonly [id: string]: {
      readonly cores: readonly (number | null)[];
      readonly gross: readonly (number | null)[];
    };
  }>()(z.strictObject({ points: z.int().check(z.minimum(1), z.maximum(120)) })),
  detail: call<Detail | null>()(z.strictObject({ id })),
  doctor: call<Doctor>()(none),
  /** Looks for all engines again, now. */
  retry: call<null>()(none),
  /** Steers a replay; refused when live. */
  replay: call<null>()(
    z.strictObject({
      playing: z.optional(z.boolean()),
      position: z.optional(z.number()),
      speed: z.optional(z.number().check(z.minimum(0.25), z.maximum(60))),
    }),
  ),
  /** Leaves a replay for the live source, or plays the sample. */
  source: call<null>()(z.strictObject({ use: z.enum(["live", "sample"]) })),
  /** What this computer can race with, looked at anew. */
  lab: call<{ readonly parts: readonly LabPart[] }>()(none),
  /** Images that can be raced. */
  images: call<readonly LabImage[]>()(none),
  /** Begins a race. Refused with a trouble where it can't begin, or another one is on. */
  startRace: call<{ readonly id: string } | { readonly trouble: LabTrouble }>()(wishSchema),
  /** Ends the race that is on after what was measured so far; what it left running goes with it. */
  stopRace: call<null>()(none),
  /** The race that is on, at its next change after `after`, or after 20 s; null: none is on. */
  raceNews: call<RaceNews | null>()(z.strictObject({ after: z.int() })),
  /** All races that are kept, the newest first; of a recording, those in it. */
  races: call<readonly Race[]>()(none),
  /** Stops the pair that a race left running. */
  stopPair: call<null>()(none),
  findingLog: call<FindingLog>()(none),
  /** When Tare last had to start again for an error of its own; null: it has run since its user started it. */
  lastFall: call<Millis | null>()(none),
  /** What the user set, read anew from its file. */
  settings: call<SettingsTold>()(none),
  /** Changes some settings, at once and for all pages; one that asks again sees them. Refused whole where it is refused. */
  setSettings: call<{ readonly settings: Settings } | { readonly trouble: Trouble }>()(settingsPatchSchema),
  /** Every way to set a limit: the engine's command first, then the file that the instance was made from, then others. */
  mends: call<readonly Mend[]>()(
    z.strictObject({ instance: id, resource: z.enum(resources), to: z.number().check(z.positive()) }),
  ),
  /** Reads the instance anew, and says what a change would do. Nothing is changed yet. */
  prepareChange: call<Prepared | { readonly trouble: ChangeTrouble }>()(changeSchema),
  /**
   * Makes a prepared change, once the user has said so: in the door's own dialog, or by the typed name. After a trouble
   * "name" it may be asked for again; after any other it has to be prepared anew. A change of which one half failed comes
   * as the change, with the trouble in it.
   */
  commitChange: call<{ readonly change: Change } | { readonly trouble: ChangeTrouble }>()(
    z.strictObject({ nonce: z.string().check(z.maxLength(64)), name: z.optional(typed) }),
  ),
  /**
   * Puts back what a change found. Trouble "name" or "below-use": ask again with the typed name ("below-use": it could kill
   * what runs).
   */
  undoChange: call<{ readonly change: Change } | { readonly trouble: ChangeTrouble }>()(
    z.strictObject({ id: z.int(), name: z.optional(typed) }),
  ),
  /** All changes that Tare made, the newest first. */
  changes: call<readonly Change[]>()(none),
} as const;

function call<Reply>() {
  return <Request extends z.core.$ZodType>(request: Request) => ({
    request,
    reply: null as unknown as Reply,
  });
}

export type CallName = keyof typeof calls;
export type Request<Name extends CallName> = z.infer<(typeof calls)[Name]["request"]>;
export type Reply<Name extends CallName> = (typeof calls)[Name]["reply"];
export type Handlers = {
  readonly [Name in CallName]: (request: Request<Name>) => Promise<Reply<Name>> | Reply<Name>;
};
