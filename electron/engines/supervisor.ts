import type { EngineState, EngineStatus } from "../../shared/model/status.ts";
import type { Trouble, TroubleCode } from "../../shared/model/trouble.ts";
import type { Millis } from "../../shared/model/units.ts";
import type { Clock } from "../machine/clock.ts";
import type { Engine, News } from "./engine.ts";
import { troubleOf } from "./trouble-of.ts";

/** An engine that told nothing for so long is silent: its promise is that this is seen within 3 s. */
const patience: Millis = 2_500;
/** Troubles that end by themselves the moment somebody mends them, and cost nothing to look at. */
const cheap: ReadonlySet<TroubleCode> = new Set(["absent", "denied", "refused", "timeout", "misconfigured"]);
const shortest: Millis = 500;
const longestCheap: Millis = 2_000;
const longest: Millis = 30_000;

export type Supervised = {
  status(): EngineStatus;
  /** Tries again now, if it waits. */
  retry(): void;
};

/**
 * Keeps one engine watched until `signal` aborts: calls it, hears its news, makes what it throws a Trouble, waits with a
 * growing pause and calls again. `tell` gets every piece of news; `changed` is called when the status is another.
 */
export function supervise(
  engine: Engine,
  clock: Clock,
  signal: AbortSignal,
  tell: (news: News) => void,
  changed: () => void,
): Supervised {
  let status: EngineStatus = {
    engine: engine.name,
    state: "searching",
    version: null,
    where: null,
    looked: [],
    trouble: null,
    since: clock.now(),
    nextTry: null,
  };
  let heard = clock.monotonic();
  let wasReady = false;
  let wake = new AbortController();
  signal.addEventListener("abort", () => wake.abort(), { once: true });

  const set = (change: Partial<EngineStatus>) => {
    const state = change.state ?? status.state;
    status = { ...status, ...change, since: state === status.state ? status.since : clock.now() };
    changed();
  };

  const hear = (news: News) => {
    heard = clock.monotonic();
    if (status.state === "silent") set({ state: "ready", trouble: null });
    if ("ready" in news) {
      wasReady = true;
      set({
        state: "ready",
        version: news.ready.version,
        where: news.ready.where,
        trouble: null,
        nextTry: null,
      });
    } else if ("looked" in news) set({ looked: news.looked });
    if (!("alive" in news)) tell(news);
  };

  const listenForSilence = async (connection: AbortSignal) => {
    for (;;) {
      await clock.after(patience / 5, connection);
      const quiet = (clock.monotonic() - heard) / 1e6;
      if ((status.state === "ready" || status.state === "searching") && quiet > patience)
        set({
          state: "silent",
          trouble: { code: "timeout", where: status.where ?? engine.name, cause: null },
        });
    }
  };

  const watchOnce = async () => {
    heard = clock.monotonic();
    const connection = new AbortController();
    const stop = () => connection.abort();
    signal.addEventListener("abort", stop, { once: true });
    try {
      // The silence watch never resolves: it only ends with the connection.
      void listenForSilence(connection.signal).catch(() => undefined);
      await engine.watch(hear, connection.signal);
      throw new Error("the engine stopped watching");
    } finally {
      signal.removeEventListener("abort", stop);
      connection.abort();
    }
  };

  const pause = async (trouble: Trouble, pauses: number) => {
    const wait = Math.min(shortest * 2 ** pauses, cheap.has(trouble.code) ? longestCheap : longest);
    set({ state: stateAfter(trouble.code, wasReady), trouble, nextTry: clock.now() + wait });
    wake = new AbortController();
    await clock.after(wait, wake.signal).catch(() => undefined);
  };

  const run = async () => {
    for (let pauses = 0; !signal.aborted; pauses++) {
      const began = clock.monotonic();
      try {
        await watchOnce();
      } catch (error) {
        if (signal.aborted) return;
        // A connection that held for a while was a good one: its loss starts the pauses anew.
        if ((clock.monotonic() - began) / 1e6 > longest) pauses = 0;
        await pause(troubleOf(error, status.where ?? engine.name), pauses);
      }
    }
  };
  void run();
  return { status: () => status, retry: () => wake.abort() };
}

function stateAfter(code: TroubleCode, wasReady: boolean): EngineState {
  if (code === "denied") return "denied";
  return wasReady ? "lost" : "absent";
}
