import type { Event } from "../../../shared/model/event.ts";
import type { Claim } from "../../../shared/model/instance.ts";
import type { Clock } from "../../machine/clock.ts";
import { GarbledError } from "./body.ts";
import type { Daemon } from "./connect.ts";
import { DeadlineError } from "./deadline.ts";
import { dockerActions, parseEvent } from "./events.ts";
import { parseList } from "./inspect.ts";
import { ledger } from "./ledger.ts";
import { type Pace, pulse } from "./pulse.ts";

/** What a session tells; the engine makes one list of all its daemons' lists. */
export type Ear = {
  came(claim: Claim): void;
  went(id: string): void;
  event(event: Event): void;
  alive(): void;
  /** The whole list is known (again). */
  listed(): void;
};

export type Session = {
  claims(): readonly Claim[];
  /** Runs until `signal` aborts or the daemon is lost; always rejects. */
  run(signal: AbortSignal): Promise<never>;
};

/** Stamp of the last event that was heard of a daemon; kept by the caller across sessions. */
export type Heard = { after: number | null };

/** How long the first list waits for details, so that the first picture is whole where the daemon is quick. */
const grace = 500;
/** How long a list's news waits for the event that tells the same. */
const settle = 250;
/** How long the subscription may take: Podman sends no header before the first event. */
const subscription = 1_000;
/** A far daemon that said nothing for so long sits behind a dead connection: it is made anew. */
const lost = 60_000;

/** Everything that is watched of one daemon while one connection lasts. */
export function session(daemon: Daemon, ear: Ear, pace: Pace, clock: Clock, heard: Heard): Session {
  const { client, origin, peer } = daemon;
  const book = ledger(daemon, ear, clock);

  const follow = async (stream: Promise<AsyncIterable<string | null>>, again: () => void) => {
    // What is replayed was heard already, up to here; live events may overtake each other by a hair.
    const replayed = heard.after ?? 0;
    for await (const line of await stream) {
      const event = line === null ? null : parseEvent(line, clock.now());
      if (line === null) again();
      if (event === null || event.stamp <= replayed) continue;
      heard.after = Math.max(heard.after ?? 0, event.stamp);
      book.hear(event);
    }
    throw Object.assign(new Error("the event stream ended"), { code: "ECONNRESET" });
  };

  return {
    claims: book.claims,
    async run(outer) {
      const stop = new AbortController();
      const end = () => stop.abort(outer.reason);
      if (outer.aborted) end();
      outer.addEventListener("abort", end, { once: true });
      const { signal } = stop;
      const heart = pulse(peer, () => client.ping(signal), ear.alive, pace, clock);
      const list = async (first: boolean) => {
        book.begin();
        const facts = parseList(await heart.ask(() => client.list(signal)));
        if (facts === null) throw new GarbledError("the list of containers is none");
        if (!first) await clock.after(settle, signal);
        book.merge(facts, first, signal);
        if (first) await Promise.race([book.settled(), clock.after(grace, signal)]);
        ear.listed();
      };
      let wake = new AbortController();
      let missed = false;
      const again = () => {
        missed = true;
        wake.abort();
      };
      /** Lists at each turn and whenever something may have been missed; a stall is no failure, it is waited out. */
      const reconcile = async () => {
        for (;;) {
          wake = new AbortController();
          const turn = AbortSignal.any([signal, wake.signal]);
          if (!missed) await clock.after(pace.reconcile, turn).catch(() => undefined);
          signal.throwIfAborted();
          missed = false;
          await list(false).catch((error) => {
            if (!(error instanceof DeadlineError)) throw error;
          });
        }
      };
      const beat = async () => {
        for (;;) {
          await clock.after(pace.beat, signal);
          if (heart.look()) again();
          if (peer === null && heart.quietFor() > lost) throw new DeadlineError("no sign of life");
        }
      };
      try {
        const since = heard.after === null ? null : Math.floor(heard.after / 1e9);
        const actions = origin.engine === "podman" ? null : dockerActions;
        const stream = client.events(since, actions, signal);
        stream.catch(() => undefined); // it is awaited below, maybe after another failure
        await Promise.race([stream, clock.after(subscription, signal)]);
        await list(true);
        return await Promise.race([follow(stream, again), reconcile(), beat()]);
      } finally {
        outer.removeEventListener("abort", end);
        stop.abort();
      }
    },
  };
}
