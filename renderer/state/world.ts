import { create } from "zustand";
import type { Event } from "../../shared/model/event.ts";
import type { HostFacts, HostSample, ReplayState, SelfSample } from "../../shared/model/host.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import type { Millis } from "../../shared/model/units.ts";

/** connecting: no frame yet · live: frames come · lost: the pipe closed, `nextTry` says when it is tried again. */
export type Connection = "connecting" | "live" | "lost";

/** Who exists and how everybody is doing. Figures of instances are not here but in series.ts. */
export type World = {
  readonly connection: Connection;
  /** When the connection was lost, by this page's clock; null while there is one. */
  readonly lostAt: Millis | null;
  /** By this page's clock; null while connected. */
  readonly nextTry: Millis | null;
  /** true: the link this page was opened with is good no more; trying again is of no use. */
  readonly barred: boolean;
  /** The source's clock at its last frame; null before the first. In a replay: the recorded moment. */
  readonly at: Millis | null;
  /** Frames since the last whole one: in the first few, who has no figure yet is still being read. */
  readonly frames: number;
  /** In the order in which they came; the same array until one comes or goes. */
  readonly ids: readonly string[];
  /** A new map only where one came, changed or went; the same Instance object until it changed itself. */
  readonly byId: ReadonlyMap<string, Instance>;
  /** The newest last, at most `eventsKept`. The same array until one happens. */
  readonly events: readonly Event[];
  readonly engines: readonly EngineStatus[];
  readonly facts: HostFacts | null;
  readonly host: HostSample | null;
  readonly self: SelfSample | null;
  /** null: live. */
  readonly replay: ReplayState | null;
};

export const eventsKept = 500;

export const nothingYet: World = {
  connection: "connecting",
  lostAt: null,
  nextTry: null,
  barred: false,
  at: null,
  frames: 0,
  ids: [],
  byId: new Map(),
  events: [],
  engines: [],
  facts: null,
  host: null,
  self: null,
  replay: null,
};

/** Read with a selector (`useWorld((world) => world.ids)`); only intake.ts writes. */
export const useWorld = create<World>()(() => nothingYet);
