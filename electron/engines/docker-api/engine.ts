import type { EngineName } from "../../../shared/model/instance.ts";
import { type Clock, systemClock } from "../../machine/clock.ts";
import type { Engine, News } from "../engine.ts";
import { closeDaemon, connector, type Daemon } from "./connect.ts";
import { failureOf } from "./failure.ts";
import { type Place, type Surroundings, surroundingsOf } from "./places.ts";
import { type Pace, pace } from "./pulse.ts";
import { type Ear, type Heard, type Session, session } from "./session.ts";

/** All of it has a default; a test hands in its own surroundings. */
export type DockerApiOptions = {
  readonly surroundings?: Partial<Surroundings>;
  readonly pace?: Partial<Pace>;
  readonly clock?: Clock;
};

/** An engine that speaks Docker's API. `places` are its own; at `guests` it may stand in for the other one. */
export function dockerApi(
  name: EngineName,
  places: (surroundings: Surroundings) => readonly Place[],
  guests: (surroundings: Surroundings) => readonly Place[],
  options: DockerApiOptions,
): Engine {
  const surroundings = surroundingsOf(options.surroundings);
  const clock = options.clock ?? systemClock;
  const timing = { ...pace, ...options.pace };
  const connect = connector(
    name,
    () => places(surroundings),
    () => guests(surroundings),
    clock,
  );
  /** Endpoint -> last event heard: a new connection hears again what came meanwhile, and nothing twice. */
  const heard = new Map<string, Heard>();
  const open = (daemon: Daemon, ear: Ear) => {
    const before = heard.get(daemon.origin.endpoint) ?? { after: null };
    heard.set(daemon.origin.endpoint, before);
    return session(daemon, ear, timing, clock, before);
  };
  return {
    name,
    async watch(tell, signal) {
      const { daemons, looked, failure } = await connect(signal);
      tell({ looked });
      if (failure) throw failure;
      const stop = new AbortController();
      const end = () => stop.abort(signal.reason);
      signal.addEventListener("abort", end, { once: true });
      try {
        const where = daemons.map((one) => one.where).join(", ");
        tell({ ready: { version: daemons[0]?.version ?? null, where } });
        await Promise.race(
          together(daemons, tell, open).map(async ({ daemon, session }) =>
            session.run(stop.signal).catch((error) => {
              throw stop.signal.aborted ? error : failureOf(error, daemon.where);
            }),
          ),
        );
      } finally {
        signal.removeEventListener("abort", end);
        stop.abort();
        for (const daemon of daemons) closeDaemon(daemon);
      }
    },
  };
}

/** A session for each daemon, told as one engine: one list of all their lists, and alive only while each of them is. */
function together(
  daemons: readonly Daemon[],
  tell: (news: News) => void,
  open: (daemon: Daemon, ear: Ear) => Session,
) {
  const unlisted = new Set(daemons);
  const beats = new Set<Daemon>();
  // Before every daemon has told its list, news of one would make the others' containers look gone.
  const known = (news: News) => unlisted.size === 0 && tell(news);
  const sessions: { readonly daemon: Daemon; readonly session: Session }[] = daemons.map((daemon) => ({
    daemon,
    session: open(daemon, {
      came: (claim) => known({ came: claim }),
      went: (id) => known({ went: id }),
      event: (event) => tell({ event }),
      listed() {
        unlisted.delete(daemon);
        known({ all: sessions.flatMap((one) => one.session.claims()) });
      },
      alive() {
        beats.add(daemon);
        if (beats.size < daemons.length) return;
        beats.clear();
        tell({ alive: true });
      },
    }),
  }));
  return sessions;
}
