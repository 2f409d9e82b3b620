import { realpathSync, statSync } from "node:fs";
import type { EngineName } from "../../../shared/model/instance.ts";
import type { Looked } from "../../../shared/model/status.ts";
import type { TroubleCode } from "../../../shared/model/trouble.ts";
import type { Millis } from "../../../shared/model/units.ts";
import type { Clock } from "../../machine/clock.ts";
import { EngineFailure } from "../engine.ts";
import { type Address, addressOf, shown } from "./address.ts";
import type { Origin } from "./claim.ts";
import { type Client, openClient } from "./client.ts";
import { failureOf, StatusError } from "./failure.ts";
import { parseInfo } from "./inspect.ts";
import { findPeer, type Peer } from "./peer.ts";
import type { Place } from "./places.ts";
import { negotiate } from "./version.ts";

/** A daemon that answered, with its connections open. */
export type Daemon = {
  readonly client: Client;
  readonly origin: Origin;
  readonly where: string;
  readonly version: string | null;
  /** Who it is, whatever the path to it; null: it does not say. */
  readonly identity: string | null;
  readonly peer: Peer | null;
};

export type Found = {
  readonly daemons: readonly Daemon[];
  readonly looked: readonly Looked[];
  /** Why none answered: the most telling reason; null where one did. */
  readonly failure: EngineFailure | null;
};

/** Once one daemon answered, the other places get so much longer. */
const straggling: Millis = 1_500;
/** From what a user can mend to what is simply not there. */
const telling: readonly TroubleCode[] = [
  ...(["unsafe", "misconfigured", "denied", "outdated", "garbled", "timeout", "refused", "failed"] as const),
  "absent",
];
/** A place where nothing is: no socket, or none that a setting could mean. */
const nothingThere: ReadonlySet<TroubleCode> = new Set(["absent", "misconfigured"]);
/** Answered, and is the other engine: Podman behind docker.sock. Not asked again for a while. */
const other = "other";

export type Connector = (signal: AbortSignal) => Promise<Found>;

/**
 * Asks every place at once whether a daemon of this engine answers there, and opens it. One daemon behind several paths
 * is taken once: by the socket's real path, and by the ID that it tells. `guests` are the other engine's places: they
 * count only where this engine is behind them.
 */
export function connector(
  engine: EngineName,
  places: () => readonly Place[],
  guests: () => readonly Place[],
  clock: Clock,
): Connector {
  /** Socket -> until when it is known to be the other engine, so that it is not pinged at each look. */
  const others = new Map<string, Millis>();

  const visit = async (place: Place, signal: AbortSignal): Promise<Daemon | typeof other> => {
    const address = addressOf(place);
    const socket = socketKey(address, place);
    if ((others.get(socket) ?? 0) > clock.now()) return other;
    const client = openClient(address);
    try {
      const daemon = await greet(engine, place, address, client, signal);
      if (daemon === other) {
        others.set(socket, clock.now() + 300_000);
        client.close();
      }
      return daemon;
    } catch (error) {
      client.close();
      throw failureOf(error, shown(place));
    }
  };

  return async (signal) => {
    const own = places();
    const all = distinct([...own, ...guests()]);
    const stop = new AbortController();
    const end = () => stop.abort(signal.reason);
    signal.addEventListener("abort", end, { once: true });
    const results = new Map<Place, Daemon | typeof other | EngineFailure>();
    const visits = all.map(async (place) => {
      const result = await visit(place, stop.signal).catch((error) => failureOf(error, shown(place)));
      if (!stop.signal.aborted) results.set(place, result);
      else if (isDaemon(result)) closeDaemon(result);
      if (!isDaemon(result)) throw result;
    });
    const first = Promise.any(visits).then(
      () => clock.after(straggling, stop.signal),
      () => undefined,
    );
    await Promise.race([Promise.allSettled(visits), first]).catch(() => undefined);
    signal.removeEventListener("abort", end);
    stop.abort();
    if (signal.aborted) {
      for (const result of results.values()) if (isDaemon(result)) closeDaemon(result);
      throw signal.reason;
    }
    return summary(all, new Set(own), results);
  };
}

function summary(
  all: readonly Place[],
  own: ReadonlySet<Place>,
  results: ReadonlyMap<Place, Daemon | typeof other | EngineFailure>,
): Found {
  const daemons = new Map<string, Daemon>();
  const looked: Looked[] = [];
  const failures: EngineFailure[] = [];
  for (const place of all) {
    const result = results.get(place) ?? new EngineFailure("timeout", shown(place));
    if (isDaemon(result)) {
      const identity = result.identity ?? place.where;
      if (daemons.has(identity)) closeDaemon(result);
      else daemons.set(identity, result);
      looked.push({ where: shown(place), found: true });
    } else if (own.has(place)) {
      looked.push({ where: shown(place), found: result !== other && !nothingThere.has(result.code) });
      failures.push(result === other ? new EngineFailure("absent", shown(place)) : result);
    }
  }
  failures.sort((left, right) => telling.indexOf(left.code) - telling.indexOf(right.code));
  return {
    daemons: [...daemons.values()],
    looked,
    failure: daemons.size > 0 ? null : (failures[0] ?? new EngineFailure("absent", "")),
  };
}

async function greet(
  engine: EngineName,
  place: Place,
  address: Address,
  client: Client,
  signal: AbortSignal,
): Promise<Daemon | typeof other> {
  const { version, podman } = await client.ping(signal);
  if (podman !== (engine === "podman")) return other;
  const spoken = version === null ? null : negotiate(version);
  if (version !== null && spoken === null)
    throw new EngineFailure("outdated", shown(place), new Error(`it speaks API ${version}`));
  if (spoken !== null) client.speak(spoken);
  const info = await readInfo(client, signal);
  const peer = address.via === "socket" ? findPeer(address.path) : null;
  const local = address.via === "socket";
  return {
    client,
    origin: { engine, endpoint: place.where, local, native: peer !== null },
    where: shown(place),
    version: info?.version ?? null,
    identity: engine === "podman" ? null : (info?.id ?? null),
    peer,
  };
}

/** A proxy that lets only some calls through may refuse this one: it is worth a version number, no more. */
async function readInfo(client: Client, signal: AbortSignal) {
  try {
    return parseInfo(await client.info(signal));
  } catch (error) {
    if (error instanceof StatusError && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
}

/** Which socket it is, wherever links lead; throws where there is none, or something else in its place. */
function socketKey(address: Address, place: Place): string {
  if (address.via !== "socket" || address.path.startsWith("//./pipe/")) return place.where;
  const wrong = (why: string) => new EngineFailure("misconfigured", shown(place), new Error(why));
  const stat = statSync(address.path, { throwIfNoEntry: false });
  if (stat === undefined) {
    if (place.setting !== null) throw wrong("there is no such socket");
    throw new EngineFailure("absent", shown(place));
  }
  if (!stat.isSocket()) throw wrong("that is not a socket");
  return `${realpathSync(address.path)}:${stat.ino}`;
}

/** Places by where they lead: /var/run/docker.sock and /run/docker.sock are one. The first of its name is kept. */
function distinct(places: readonly Place[]): readonly Place[] {
  const seen = new Map<string, Place>();
  for (const place of places) {
    let key = place.where;
    try {
      key = realpathSync(place.where.replace(/^unix:\/\//, ""));
    } catch {
      // not a path, or not there
    }
    if (!seen.has(key)) seen.set(key, place);
  }
  return [...seen.values()];
}

const isDaemon = (result: Daemon | typeof other | EngineFailure): result is Daemon =>
  result !== other && !(result instanceof EngineFailure);

/** Ends all that belongs to a daemon. */
export function closeDaemon({ client, peer }: Daemon): void {
  client.close();
  peer?.close();
}
