import { untold } from "../../../shared/model/detail.ts";
import type { Handle } from "../../../shared/model/instance.ts";
import type { Reading } from "../../../shared/model/reading.ts";
import { addressOf } from "../../engines/docker-api/address.ts";
import { type Client, openClient } from "../../engines/docker-api/client.ts";
import { placeOf, surroundingsOf } from "../../engines/docker-api/places.ts";
import { negotiate } from "../../engines/docker-api/version.ts";
import { type Clock, systemClock } from "../../machine/clock.ts";
import type { Reader } from "../reader.ts";
import { parseStats, type Told } from "./parse.ts";

type ApiHandle = Extract<Handle, { readonly via: "api" }>;

/** One-shot stats in flight at one daemon: more only makes it slower (docker-api.md: 30 at once stall dockerd). */
const most = 4;
/** A container is asked once a second at the most. */
const period = 1_000;
/** After a failure the daemon is left alone for a while. */
const rest = 5_000;
/** Between two looks at who is due. */
const look = 100;

/** What one reader waits for. */
type Asked = { readonly handle: ApiHandle; due: number; busy: boolean; take(json: unknown): void };
type Poller = { add(asked: Asked): void; remove(asked: Asked): void };

/** One poller a daemon, opened by its first reader and closed by its last: that is what bounds the calls. */
const pollers = new Map<string, Poller>();

/** Opens the reader of a container that is out of the kernel's reach. `read` hands out what its poller heard last. */
export function openDockerStats(
  handle: ApiHandle,
  open: (endpoint: string) => Client = openEndpoint,
  clock: Clock = systemClock,
): Reader {
  let newest: Reading | null = null;
  let gone = false;
  const toMonotonic = timeBase(clock);
  const asked: Asked = {
    handle,
    due: 0,
    busy: false,
    take(json) {
      if (json === null) gone = true;
      const told = parseStats(json, handle.engine);
      if (told !== null) newest = { at: toMonotonic(told.read), ...told.reading };
    },
  };
  const poller = pollers.get(handle.endpoint) ?? startPoller(handle.endpoint, open(handle.endpoint), clock);
  poller.add(asked);
  return {
    read() {
      if (gone) return "gone";
      const reading = newest;
      newest = null;
      return reading;
    },
    // The engine tells its limits with the claim: nothing of them is read here.
    bounds: () => null,
    lookAgain: () => undefined,
    describe: async () => ({
      ...untold,
      limits: [],
      processes: [],
      readFrom: [`GET /containers/${handle.key}/stats (${handle.endpoint})`],
    }),
    close: () => poller.remove(asked),
  };
}

/**
 * The daemon's own time of each reading, on our monotonic clock: rates are over the interval that it measured, whenever
 * its answer came. The two clocks are tied together at the first reading.
 */
function timeBase(clock: Clock): (read: Told["read"]) => number {
  let tie: { readonly seconds: number; readonly at: number } | null = null;
  return ({ seconds, nanos }) => {
    tie ??= { seconds, at: clock.monotonic() - nanos };
    return tie.at + (seconds - tie.seconds) * 1e9 + nanos;
  };
}

/** Asks each container when it is due, the longest waiting first. */
function startPoller(endpoint: string, client: Client, clock: Clock): Poller {
  const all = new Set<Asked>();
  const stop = new AbortController();
  const now = () => clock.monotonic() / 1e6;
  let greeted: Promise<void> | null = null;
  const greet = async () => {
    const { version } = await client.ping(stop.signal);
    const spoken = version === null ? null : negotiate(version);
    if (spoken !== null) client.speak(spoken);
  };
  const ask = async (asked: Asked) => {
    asked.busy = true;
    asked.due = now() + period;
    try {
      greeted ??= greet();
      await greeted;
      asked.take(await client.stats(asked.handle.key, stop.signal));
    } catch {
      // A gap in its line; the engine's own status says why.
      asked.due = now() + rest;
      greeted = null;
    } finally {
      asked.busy = false;
    }
  };
  const run = async () => {
    for (;;) {
      const due = [...all].filter(({ due, busy }) => !busy && due <= now()).sort((a, b) => a.due - b.due);
      const free = most - [...all].filter(({ busy }) => busy).length;
      for (const asked of due.slice(0, Math.max(0, free))) void ask(asked);
      await clock.after(look, stop.signal);
    }
  };
  void run().catch(() => client.close()); // it ends by its last reader's leaving, and in no other way
  const poller: Poller = {
    add: (asked) => void all.add(asked),
    remove(asked) {
      all.delete(asked);
      if (all.size > 0) return;
      stop.abort();
      pollers.delete(endpoint);
    },
  };
  pollers.set(endpoint, poller);
  return poller;
}

function openEndpoint(endpoint: string): Client {
  return openClient(addressOf(placeOf(endpoint, surroundingsOf())), most);
}
