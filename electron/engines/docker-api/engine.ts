import type { EngineName } from "../../../shared/model/instance.ts";
import { type Clock, systemClock } from "../../machine/clock.ts";
import type { Engine } from "../engine.ts";
import { closeDaemon, connector, type Daemon } from "./connect.ts";
import { failureOf } from "./failure.ts";
import { type Place, type Surroundings, surroundingsOf } from "./places.ts";
import { type Pace, pace } from "./pulse.ts";
import { type Session, session } from "./session.ts";

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
  const heard = new Map<string, { after: number | null }>();
  const heardOf = ({ origin }: Daemon) => {
    const before = heard.get(origin.endpoint) ?? { after: null };
    heard.set(origin.endpoint, before);
    return before;
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
        tell({
          ready: {
            version: daemons[0]?.version ?? null,
            where: daemons.map(({ where }) => where).join(", "),
          },
        });
        const unlisted = new Set<Daemon>(daemons);
        const beats = new Set<Daemon>();
        const sessions: { readonly daemon: Daemon; readonly session: Session }[] = daemons.map((daemon) => ({
          daemon,
          session: session(
            daemon,
            {
              came: (claim) => unlisted.size === 0 && tell({ came: claim }),
              went: (id) => unlisted.size === 0 && tell({ went: id }),
              event: (event) => tell({ event }),
              listed() {
                unlisted.delete(daemon);
                if (unlisted.size === 0) tell({ all: sessions.flatMap((one) => one.session.claims()) });
              },
              // The engine lives when each of its daemons does: one that hangs must not hide behind another.
              alive() {
                beats.add(daemon);
                if (beats.size < daemons.length) return;
                beats.clear();
                tell({ alive: true });
              },
            },
            timing,
            clock,
            heardOf(daemon),
          ),
        }));
        await Promise.race(
          sessions.map(async ({ daemon, session }) =>
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
