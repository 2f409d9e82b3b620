import type { Sample } from "../../shared/figures.ts";
import type { Event } from "../../shared/model/event.ts";
import type { HostSample, SelfSample } from "../../shared/model/host.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import type { Tick } from "../../shared/model/tick.ts";
import type { Millis, Nanos } from "../../shared/model/units.ts";
import type { Engine } from "../engines/engine.ts";
import { type Supervised, supervise } from "../engines/supervisor.ts";
import type { Clock } from "../machine/clock.ts";
import { readers } from "../readers/readers.ts";
import type { Source } from "../source.ts";
import { census } from "./census.ts";
import type { Host } from "./host.ts";
import { kernelLog } from "./kernel-log.ts";
import { kills } from "./kills.ts";
import { lookedUp } from "./looked-up.ts";
import { owners } from "./owners.ts";
import { sampler } from "./sampler.ts";

const period: Millis = 1_000;
/** Events that a page gets with its snapshot: those of the hour that its charts show, bounded. */
const eventsFor: Millis = 3_600_000;
const mostEvents = 1_000;
/** While Tare starts, an engine's first news is not kept waiting for the next full second, only for so long. */
const eager: Millis = 100;
const starting: Millis = 3_000;

/** The machine as a Source: engines claim, the census merges, readers weigh, one tick a second. */
export function live(engines: readonly Engine[], host: Host, clock: Clock, signal: AbortSignal): Source {
  const people = census();
  const scales = sampler(people, readers(clock), host.facts, period * 1e6, clock);
  const log = kernelLog();
  const homes = owners(people.handle);
  const deaths = kills();
  const detail = lookedUp(people, scales, log, clock);
  const began = clock.monotonic();
  const listeners = new Set<(tick: Tick) => void>();
  const samples = new Map<string, Sample>();
  let statuses: readonly EngineStatus[] = [];
  let statusChanged = true;
  let kept: readonly Event[] = [];
  let heard = false;
  let wake: () => void = () => undefined;
  /** Ends the pause between two ticks. */
  let over = new AbortController();
  signal.addEventListener("abort", () => over.abort(), { once: true });
  let last: { readonly at: Millis; readonly host: HostSample; readonly self: SelfSample } | null = null;

  const notice = () => {
    heard = true;
    wake();
  };

  const supervised: Supervised[] = engines.map((engine) =>
    supervise(
      engine,
      clock,
      signal,
      (news) => {
        people.hear(engine.name, news);
        if ("came" in news || "all" in news) notice();
      },
      () => {
        statusChanged = true;
        notice();
      },
    ),
  );

  const currentStatuses = () => {
    if (statusChanged) statuses = supervised.map((one) => one.status());
    statusChanged = false;
    return statuses;
  };

  const keep = (events: readonly Event[], now: Millis) => {
    if (events.length === 0) return;
    kept = [...kept, ...events].filter(({ at }) => at > now - eventsFor).slice(-mostEvents);
  };

  const tick = async () => {
    // The moment at which reading began: a stop in the middle of it must not make old figures look new.
    const at = clock.now();
    const { came, went, events: heardEvents } = people.changes();
    homes.hear(came, went, at);
    const weighed = await scales.weigh();
    for (const id of went) samples.delete(id);
    // Ended or out of reach: a page that comes now must not get what it weighed then.
    for (const { id, weighed: via } of came) if (via === null) samples.delete(id);
    for (const [id, sample] of weighed) samples.set(id, sample);
    const moment = { at, ...host.sample() };
    last = moment;
    // Read after the counters: the kernel writes its log first, so what was counted has its line.
    const named = log.take().flatMap((kill) => {
      const instance = homes.of(kill);
      return instance === null ? [] : [{ instance, name: kill.name }];
    });
    const startedAt = (id: string) => people.instances.get(id)?.startedAt ?? null;
    const events = deaths.settle({ at, events: heardEvents, samples: weighed, log: named, went, startedAt });
    keep(events, moment.at);
    const step: Tick = {
      ...moment,
      whole: false,
      came,
      went,
      events,
      samples: weighed,
      engines: currentStatuses(),
      replay: null,
    };
    for (const listener of [...listeners]) listener(step);
  };

  /** Waits for the next full second; while Tare starts, for the engines' next news at the most. */
  const pause = async (until: Nanos) => {
    over = new AbortController();
    const full = clock.after(Math.max(0, (until - clock.monotonic()) / 1e6), over.signal);
    if (clock.monotonic() - began > starting * 1e6) return full;
    await Promise.race([full, clock.after(eager, over.signal)]);
    if (!heard) await Promise.race([full, new Promise<void>((resolve) => (wake = resolve))]);
    over.abort();
    return full;
  };

  const run = async () => {
    let due = clock.monotonic();
    while (!signal.aborted) {
      heard = false;
      // Woken before its time by an engine's first news: the seconds count from here.
      due = Math.min(due, clock.monotonic());
      await tick();
      due += period * 1e6;
      // Late by more than a period (asleep, starved): one gap, no burst of catching up.
      if (due < clock.monotonic()) due = clock.monotonic() + period * 1e6;
      await pause(due).catch(() => undefined);
    }
    scales.close();
    log.close();
    host.close();
  };

  void run();

  const whole = (): Tick | null =>
    last && {
      ...last,
      whole: true,
      came: [...people.instances.values()],
      went: [],
      events: kept,
      samples: new Map(samples),
      engines: currentStatuses(),
      replay: null,
    };

  return {
    live: true,
    facts: host.facts,
    listen(listener, until) {
      const first = whole();
      if (first) {
        listener(first);
        listeners.add(listener);
      } else {
        // Nothing was weighed yet: the very first tick holds everything there is.
        const once = (step: Tick) => {
          listeners.delete(once);
          listeners.add(listener);
          listener({ ...step, whole: true, came: [...people.instances.values()] });
        };
        listeners.add(once);
        until.addEventListener("abort", () => listeners.delete(once), { once: true });
      }
      until.addEventListener("abort", () => listeners.delete(listener), { once: true });
    },
    past: () => [],
    races: () => null,
    detail,
    retry: () => {
      for (const one of supervised) one.retry();
    },
    steer: () => {
      throw new Error("a live source cannot be steered");
    },
  };
}
