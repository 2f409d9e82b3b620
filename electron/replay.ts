import { basename } from "node:path";
import type { Sample } from "../shared/figures.ts";
import type { Tick } from "../shared/model/tick.ts";
import type { Millis } from "../shared/model/units.ts";
import type { Frame } from "../shared/wire/frames.ts";
import { openRecording, type Recording } from "./history/recording.ts";
import { scene } from "./history/scene.ts";
import type { Clock } from "./machine/clock.ts";
import type { Source } from "./source.ts";

export type ReplayOptions = {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The recording that ships with Tare: labelled as such, and played again and again. */
  readonly sample: boolean;
};

/** A stretch of nothing (the machine slept) is not waited for longer. */
const longestWait: Millis = 5_000;
/** What a page's charts show of what was before. */
const hour: Millis = 3_600_000;
/** The last tick stands so long before the sample begins again. */
const lastStays: Millis = 1_000;

/** What precedes the first instance is not played, up to so much: longer, and it was recorded on purpose. */
const longestEmpty: Millis = 10_000;

/** The first tick in which somebody was there: an engine takes a moment to answer, and an empty page says nothing. */
function beginning({ from, stays, after }: Recording): Millis {
  const first = stays.reduce((least, { since }) => Math.min(least, since), Number.POSITIVE_INFINITY);
  return first - from > longestEmpty ? from : (after(first - 1)?.at ?? from);
}

/**
 * A recording as a Source: plays from its start at the pace at which it was recorded. A seek, a pause and every other change
 * gives a whole tick. At its end the sample begins again, any other recording stops; so does one at the first frame that is
 * damaged, beyond those that were looked at when it was opened. Rejects with a RecordingRefused.
 */
export async function replay(path: string, { clock, signal, sample }: ReplayOptions): Promise<Source> {
  const recording = openRecording(path);
  const { to, header } = recording;
  const from = beginning(recording);
  const people = scene(recording.stays);
  const listeners = new Set<(tick: Tick) => void>();
  const samples = new Map<string, Sample>();
  let playing = true;
  let speed = 1;
  let position = from;
  let shown: Frame | null = null;
  let interrupt = new AbortController();

  const tickOf = (
    frame: Frame,
    changes: Pick<Tick, "whole" | "came" | "went" | "events" | "samples">,
  ): Tick => ({
    at: frame.at,
    host: frame.host,
    self: frame.self,
    engines: recording.engines(frame.at),
    replay: { name: basename(path), from, to, position, playing, speed, sample },
    ...changes,
  });

  /** The figures of a frame by id. */
  const named = ({ at, rows }: Frame): Map<string, Sample> => {
    const found = new Map<string, Sample>();
    for (const { id, slot } of people.at(at)) {
      const row = rows.get(slot);
      if (row) found.set(id, row);
    }
    return found;
  };

  const whole = (frame: Frame): Tick =>
    tickOf(frame, {
      whole: true,
      came: people.at(frame.at),
      went: [],
      events: recording.events(frame.at - hour, frame.at),
      samples: new Map(samples),
    });

  const tell = (tick: Tick) => {
    for (const listener of [...listeners]) listener(tick);
  };

  /** Jumps to a moment without telling it. */
  const jump = (moment: Millis) => {
    const frame = recording.upTo(moment) ?? recording.after(moment);
    if (!frame) return;
    shown = frame;
    position = frame.at;
    samples.clear();
    for (const [id, row] of named(frame)) samples.set(id, row);
  };

  const step = (frame: Frame) => {
    const { came, went } = people.since(position, frame.at);
    const events = recording.events(position, frame.at);
    shown = frame;
    position = frame.at;
    for (const id of went) samples.delete(id);
    const weighed = named(frame);
    for (const [id, row] of weighed) samples.set(id, row);
    tell(tickOf(frame, { whole: false, came, went, events, samples: weighed }));
  };

  /** The next frame; null at the end, or where the file is damaged. */
  const next = (): Frame | null => {
    try {
      return recording.after(position);
    } catch {
      return null;
    }
  };

  const end = () => {
    if (sample) jump(from);
    else playing = false;
    if (shown) tell(whole(shown));
  };

  const run = async () => {
    let due = clock.monotonic();
    while (!signal.aborted) {
      const frame = playing ? next() : null;
      const wait = frame ? Math.min(frame.at - position, longestWait) : playing ? lastStays : longestWait;
      // Late (asleep, starved): the next one comes at its distance from now, not in a burst.
      due = Math.max(clock.monotonic(), due + (wait / speed) * 1e6);
      interrupt = new AbortController();
      try {
        await clock.after((due - clock.monotonic()) / 1e6, interrupt.signal);
      } catch {
        due = clock.monotonic();
        continue;
      }
      if (frame) step(frame);
      else if (playing) end();
    }
    recording.close();
  };

  jump(from);
  signal.addEventListener("abort", () => interrupt.abort(), { once: true });
  void run();

  return {
    live: false,
    facts: header.facts,
    listen(listener, until) {
      if (shown) listener(whole(shown));
      listeners.add(listener);
      until.addEventListener("abort", () => listeners.delete(listener), { once: true });
    },
    async detail(id) {
      const instance = people.at(position).find((one) => one.id === id);
      return instance ? recording.detail(instance.slot, position) : null;
    },
    races: () => recording.races,
    *past(since = position - hour) {
      for (let before = since - 1, first = true; ; first = false) {
        const frame = recording.after(before);
        if (!frame || frame.at > position) return;
        const { came, went } = first
          ? { came: people.at(frame.at), went: [] }
          : people.since(before, frame.at);
        const events = recording.events(before, frame.at);
        before = frame.at;
        yield tickOf(frame, { whole: first, came, went, events, samples: named(frame) });
      }
    },
    retry: () => undefined,
    steer(change) {
      const atEnd = change.playing === true && !playing && next() === null;
      if (change.position !== undefined) jump(Math.max(from, change.position));
      else if (atEnd) jump(from);
      playing = change.playing ?? playing;
      speed = change.speed ?? speed;
      interrupt.abort();
      if (shown) tell(whole(shown));
    },
  };
}
