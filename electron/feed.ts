import type { Sample } from "../shared/figures.ts";
import type { Event } from "../shared/model/event.ts";
import type { Instance } from "../shared/model/instance.ts";
import type { EngineStatus } from "../shared/model/status.ts";
import type { Tick } from "../shared/model/tick.ts";
import type { Millis } from "../shared/model/units.ts";
import type { Handlers } from "../shared/wire/calls.ts";
import type { Frame } from "../shared/wire/frames.ts";
import type { Pipe } from "../shared/wire/pipe.ts";
import { type ServedChannel, serveChannel } from "../shared/wire/serve-channel.ts";
import { troubleOf } from "./engines/trouble-of.ts";
import type { Findings } from "./findings.ts";
import type { Clock } from "./machine/clock.ts";
import type { Source } from "./source.ts";

/** A page that acknowledged nothing for so long is closed; a living one connects again and gets a snapshot. */
const deaf: Millis = 10_000;
/** Events kept for a page that is behind; older ones it can ask the history for. */
const mostEvents = 500;

/** What happened since the frame that a page got last. Merged as it comes, so that a slow page costs no queue. */
type Pending = {
  whole: boolean;
  readonly came: Map<string, Instance>;
  readonly went: Set<string>;
  samples: ReadonlyMap<string, Sample>;
  events: readonly Event[];
  engines: readonly EngineStatus[] | null;
  last: Tick | null;
};

/** Serves one page: a snapshot, then a frame a tick while the page keeps up, else fewer and merged ones. */
export function serveFeed(
  pipe: Pipe,
  source: Source,
  found: Pick<Findings, "open" | "since">,
  handlers: Handlers,
  clock: Clock,
  signal: AbortSignal,
): void {
  const page = new AbortController();
  const close = () => {
    page.abort();
    pipe.close();
  };
  signal.addEventListener("abort", close, { once: true });
  pipe.closed(() => {
    signal.removeEventListener("abort", close);
    page.abort();
  });

  let pending = nothing();
  let enginesSent: readonly EngineStatus[] | null = null;
  let sequence = 0;
  /** Up to where the page knows what was found. */
  let revision = 0;
  let sentAt: number | null = null;
  /** Slots of the instances that the page knows: rows go by slot. */
  const slots = new Map<string, number>();

  const flush = (channel: ServedChannel) => {
    if (sentAt !== null || !pending.last) return;
    const news = found.since(revision);
    revision = news.revision;
    const findings = pending.whole ? found.open() : news.findings;
    channel.send(frameOf(pending, ++sequence, source, slots, findings));
    sentAt = clock.monotonic();
    pending = nothing();
  };

  const channel = serveChannel(
    pipe,
    handlers,
    (acknowledged) => {
      if (acknowledged !== sequence) return;
      sentAt = null;
      flush(channel);
    },
    { now: () => clock.monotonic() / 1e6, troubleOf: (error) => troubleOf(error, "Tare") },
  );

  source.listen((tick) => {
    if (sentAt !== null && (clock.monotonic() - sentAt) / 1e6 > deaf) return close();
    if (tick.whole) slots.clear();
    for (const { id, slot } of tick.came) slots.set(id, slot);
    take(pending, tick);
    if (tick.whole || tick.engines !== enginesSent) pending.engines = tick.engines;
    enginesSent = tick.engines;
    flush(channel);
  }, page.signal);
}

const nothing = (): Pending => ({
  whole: false,
  came: new Map(),
  went: new Set(),
  samples: none,
  events: [],
  engines: null,
  last: null,
});

const none: ReadonlyMap<string, Sample> = new Map();

/** Samples that a page still has to get. Of a page that keeps up those of the tick, as they are. */
function together(before: ReadonlyMap<string, Sample>, { samples, went }: Tick): ReadonlyMap<string, Sample> {
  if (before.size === 0) return samples;
  const all = new Map(before);
  for (const id of went) all.delete(id);
  for (const [id, sample] of samples) all.set(id, sample);
  return all;
}

function take(pending: Pending, tick: Tick): void {
  if (tick.whole) {
    pending.whole = true;
    pending.events = [];
    pending.samples = none;
    for (const part of [pending.came, pending.went]) part.clear();
  }
  for (const instance of tick.came) {
    pending.came.set(instance.id, instance);
    pending.went.delete(instance.id);
  }
  for (const id of tick.went) {
    pending.came.delete(id);
    pending.went.add(id);
  }
  pending.samples = together(pending.samples, tick);
  if (tick.events.length > 0) pending.events = [...pending.events, ...tick.events].slice(-mostEvents);
  pending.last = tick;
}

function frameOf(
  pending: Pending,
  sequence: number,
  source: Source,
  slots: Map<string, number>,
  findings: Frame["findings"],
): Frame {
  const last = pending.last as Tick;
  const rows = new Map<number, Sample>();
  for (const [id, sample] of pending.samples) {
    const slot = slots.get(id);
    if (slot !== undefined) rows.set(slot, sample);
  }
  for (const id of pending.went) slots.delete(id);
  return {
    sequence,
    at: last.at,
    whole: pending.whole,
    came: [...pending.came.values()],
    went: [...pending.went],
    events: pending.events,
    host: last.host,
    self: last.self,
    engines: pending.engines,
    facts: pending.whole ? source.facts : null,
    replay: last.replay,
    findings,
    rows,
  };
}
