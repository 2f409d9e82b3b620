import type { Sample } from "../../shared/figures.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { Millis } from "../../shared/model/units.ts";
import { openChannel } from "../../shared/wire/channel.ts";
import type { Frame } from "../../shared/wire/frames.ts";
import type { Pipe } from "../../shared/wire/pipe.ts";
import { ConnectFailure } from "../connect.ts";
import { call, use } from "./channel.ts";
import { takeFindings } from "./findings.ts";
import { useRaces } from "./races.ts";
import { fill, forget, latest, take } from "./series.ts";
import { eventsKept, nothingYet, useWorld } from "./world.ts";

/** Waits before the next try, in ms; the last one is repeated. */
const waits: readonly Millis[] = [500, 1_000, 2_000, 4_000, 8_000];

let soon: (() => void) | null = null;
/** Tries to connect at once where the next try was still to come. */
export const retryNow = (): void => soon?.();

/** Keeps one channel open until `signal` aborts, and lets every frame into world and series. */
export function startIntake(connect: () => Promise<Pipe>, signal: AbortSignal): void {
  let failures = 0;
  let timer = 0;
  const later = () => {
    if (signal.aborted) return;
    const wait = waits[Math.min(failures++, waits.length - 1)] ?? 0;
    const now = Date.now();
    useWorld.setState(({ lostAt }) => ({ connection: "lost", lostAt: lostAt ?? now, nextTry: now + wait }));
    timer = window.setTimeout(attempt, wait);
    soon = () => {
      window.clearTimeout(timer);
      attempt();
    };
  };
  const failed = (why: unknown) => {
    const barred = why instanceof ConnectFailure && why.code === "unauthorised";
    if (barred) useWorld.setState({ connection: "lost", nextTry: null, barred });
    else later();
  };
  const attempt = () => {
    soon = null;
    connect().then((pipe) => {
      if (signal.aborted) return pipe.close();
      const channel = openChannel(pipe, {
        onFrame(frame) {
          failures = 0;
          takeFrame(frame);
          // A kept message is delivered before openChannel has returned: the call waits for the channel.
          if (frame.whole) queueMicrotask(() => void fillTrails());
        },
        onClosed() {
          use(null);
          later();
        },
      });
      use(channel);
      signal.addEventListener("abort", () => channel.close(), { once: true });
    }, failed);
  };
  signal.addEventListener("abort", () => window.clearTimeout(timer), { once: true });
  attempt();
}

/** One frame into world and series. Exported for tests, which bring frames without a pipe. */
export function takeFrame(frame: Frame): void {
  const before = frame.whole ? nothingYet : useWorld.getState();
  if (frame.whole) forget();
  const byId = members(before.byId, frame);
  for (const id of frame.went) forget(id);
  useWorld.setState({
    connection: "live",
    lostAt: null,
    nextTry: null,
    at: frame.at,
    frames: before.frames + 1,
    byId,
    ids: sameKeys(before.ids, byId) ? before.ids : [...byId.keys()],
    events:
      frame.events.length === 0 && !frame.whole
        ? before.events
        : [...before.events, ...frame.events].slice(-eventsKept),
    engines: frame.engines ?? before.engines,
    facts: frame.facts ?? before.facts,
    host: frame.host,
    self: frame.self,
    replay: frame.replay,
  });
  takeFindings(frame);
  const { memory = null } = useWorld.getState().facts ?? {};
  const { available, cores } = frame.host;
  take(frame.at, bySlot(byId, frame), {
    cores,
    used: memory === null || available === null ? null : memory - available,
  });
}

function members(before: ReadonlyMap<string, Instance>, frame: Frame): ReadonlyMap<string, Instance> {
  if (frame.came.length === 0 && frame.went.length === 0) return before;
  const byId = new Map(before);
  for (const id of frame.went) byId.delete(id);
  for (const one of frame.came) byId.set(one.id, one);
  return byId;
}

const sameKeys = (ids: readonly string[], byId: ReadonlyMap<string, Instance>): boolean =>
  ids.length === byId.size && ids.every((id) => byId.has(id));

/** The frame's figures by id; a VM's with what races know of it. */
function bySlot(byId: ReadonlyMap<string, Instance>, frame: Frame): ReadonlyMap<string, Sample> {
  const { back } = useRaces.getState();
  const samples = new Map<string, Sample>();
  for (const [id, instance] of byId) {
    const sample = frame.rows.get(instance.slot);
    if (sample) samples.set(id, back.complete(instance, sample));
  }
  return samples;
}

/** Two minutes from before this page came, so that sparklines do not start empty. Without them they just fill up. */
async function fillTrails(): Promise<void> {
  const recent = await call("recent", { points: 120 }).catch(() => ({}));
  for (const [id, { cores, gross }] of Object.entries(recent)) {
    if (useWorld.getState().byId.has(id) || latest(id)) fill(id, cores, gross);
  }
}
