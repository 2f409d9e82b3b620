import { setMaxListeners } from "node:events";
import type { EngineStatus } from "../shared/model/status.ts";
import type { Millis } from "../shared/model/units.ts";
import type { Thresholds } from "../shared/rules/thresholds.ts";
import type { Handlers } from "../shared/wire/calls.ts";
import type { Pipe } from "../shared/wire/pipe.ts";
import { type Alert, alerts } from "./alerts.ts";
import { changeCalls } from "./change-calls.ts";
import type { ChangeCalls } from "./changes/changes.ts";
import type { Door } from "./changes/question.ts";
import { cgroupControllers } from "./controllers.ts";
import { engines } from "./engines/engines.ts";
import { serveFeed } from "./feed.ts";
import { findingMemory } from "./finding-memory.ts";
import { findingStore } from "./finding-store.ts";
import { type Findings, findings } from "./findings.ts";
import { type History, history } from "./history/memory.ts";
import { openLab } from "./lab/lab.ts";
import { labCalls } from "./lab-calls.ts";
import { readHost } from "./live/host.ts";
import { live } from "./live/live.ts";
import { systemClock } from "./machine/clock.ts";
import { people } from "./people.ts";
import { replay } from "./replay.ts";
import { countRunning } from "./running.ts";
import { openSettings } from "./settings.ts";
import type { Source } from "./source.ts";
import { type Stage, stage } from "./stage.ts";

export type AppOptions = {
  readonly version: string;
  /** A recording to play instead of watching this computer. */
  readonly replay: string | null;
  /** The recording that ships with Tare, played while there is nothing to watch; null: an empty live view instead. */
  readonly sample: string | null;
  /** Shows plain system services beside containers and VMs. */
  readonly services: boolean;
  /** Where Tare keeps its files; null: the system's own place. */
  readonly dataDirectory: string | null;
  /** When the process in whose place this one stands fell over an error of Tare's own; null: the user started this one. */
  readonly fell?: Millis | null;
};

export type App = {
  readonly source: Source;
  /** What the rules found, for the terminal and the desktop: pages get it with their frames. */
  readonly findings: Findings;
  /** What rules judge by, as the user set it. */
  thresholds(): Thresholds;
  /** Tells findings of this computer as they open or worsen, until the app stops; not what the user does not want told. */
  alerts(tell: (alerts: readonly Alert[]) => void): void;
  /** Serves one page or terminal over a door's pipe, until either closes. `door`: what it can do beside; null: nothing. */
  serve(pipe: Pipe, door?: Door): void;
  /** Resolves when nothing that it started is left. */
  stop(): Promise<void>;
};

/** A browser or a terminal: the page asks for the name of what is to be changed. */
const withoutDialog: Door = { confirm: null };

/**
 * The composition root: the one function that names all parts, and knows no door. Rejects where a recording that was
 * asked for can't be played.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const stop = new AbortController();
  const { signal } = stop;
  // Every engine, page and timer listens to the one signal: many listeners are no leak here.
  setMaxListeners(0, signal);
  const clock = systemClock;
  const source = options.replay === null ? await watch(options, signal) : await play(options.replay, signal);

  const settings = openSettings(options.dataDirectory);
  const known = people(source, signal);
  // Before pages listen: what was found in a tick goes with it.
  const found = findings(source, () => settings.now().thresholds, signal);
  const memory = findingMemory(source, found, known, findingStore(options.dataDirectory, clock.now), signal);
  let hour: History | null = history();
  let statuses: readonly EngineStatus[] = [];
  source.listen((tick) => {
    // A seek in a recording: what was before is read when a page asks for it, not at each step of a drag.
    if (tick.whole) hour = source.live ? history() : null;
    hour?.take(tick);
    statuses = tick.engines;
  }, signal);
  const theHour = () => {
    hour ??= historyOf(source);
    return hour;
  };

  const lab = openLab({
    directory: options.dataDirectory,
    clock,
    host: source.facts,
    beside: countRunning(source, signal),
    kernel: () => process.env.TARE_KERNEL || settings.now().kernel,
  });
  const live = () => source.live;
  const changes = changeCalls(
    {
      directory: options.dataDirectory,
      clock,
      settings: settings.now,
      people: known,
      live,
      host: () => source.facts,
    },
    signal,
  );
  const handlers: Omit<Handlers, keyof ChangeCalls> = {
    ...labCalls(lab, source),
    settings: settings.settings,
    setSettings: settings.setSettings,
    history: ({ id, from, figures }) => theHour().series(id, from, figures),
    recent: ({ points }) => theHour().recent(points),
    detail: ({ id }) => source.detail(id),
    findingLog: () => memory.log(),
    doctor: () => ({
      version: options.version,
      node: process.version,
      facts: source.facts,
      controllers: cgroupControllers(),
      engines: statuses,
    }),
    lastFall: () => options.fell ?? null,
    retry() {
      source.retry();
      return null;
    },
    replay(change) {
      source.steer(change);
      return null;
    },
    source({ use }) {
      source.use(use);
      return null;
    },
  };
  return {
    source,
    findings: found,
    thresholds: () => settings.now().thresholds,
    alerts: (tell) => alerts(found, known, settings.now, live, () => new Date(clock.now()))(tell, signal),
    serve: (pipe, door = withoutDialog) =>
      serveFeed(pipe, source, found, { ...handlers, ...changes(door) }, clock, signal),
    async stop() {
      stop.abort();
      await lab.close();
    },
  };
}

function historyOf(source: Source): History {
  const hour = history();
  for (const tick of source.past()) hour.take(tick);
  return hour;
}

async function watch({ sample, services }: AppOptions, signal: AbortSignal): Promise<Stage> {
  const host = await readHost(systemClock);
  const now = live(engines({ services }), host, systemClock, signal);
  const open = sample === null ? null : () => replay(sample, { clock: systemClock, signal, sample: true });
  return stage(now, open, signal);
}

async function play(path: string, signal: AbortSignal): Promise<Stage> {
  const recording = await replay(path, { clock: systemClock, signal, sample: false });
  return Object.assign(recording, {
    use() {
      throw new Error("Tare was started with a recording: start it without --replay to watch this computer");
    },
  });
}
