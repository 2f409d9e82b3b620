import { addressOf } from "../engines/docker-api/address.ts";
import { closeDaemon, connector, type Found } from "../engines/docker-api/connect.ts";
import { connection } from "../engines/docker-api/connection.ts";
import {
  dockerPlaces,
  type Place,
  placeOf,
  podmanPlaces,
  type Surroundings,
  surroundingsOf,
} from "../engines/docker-api/places.ts";
import { negotiate } from "../engines/docker-api/version.ts";
import { systemClock } from "../machine/clock.ts";
import type { LabDocker } from "./docker.ts";
import { labDocker } from "./docker-calls.ts";
import { labFailureOf } from "./docker-failure.ts";

/** A daemon that the lab may ask, with its connections open. */
export type LabDaemon = {
  readonly docker: LabDocker;
  /** Whose containers they are. */
  readonly engine: "docker" | "podman";
  /** The socket or address. */
  readonly where: string;
  /** Its process was seen on this machine: its containers are processes that we can look at. */
  readonly native: boolean;
  close(): void;
};

/** Calls at a time; and streams, each of which has a socket to itself: outputs, checks, an export. */
const lanes = { calls: 4, streams: 16 } as const;

/**
 * Looks for Docker where the engine does (DOCKER_HOST, the context, the usual sockets) and opens it for the lab: one whose
 * processes are on this machine before any other. Where none answers, Podman's Docker-compatible service does as well: behind
 * the same places (the podman-docker package links it there) or its own. Throws a LabFailure `no-docker`, with the reason
 * that says most.
 */
export async function findLabDaemon(
  signal: AbortSignal,
  given: Partial<Surroundings> = {},
): Promise<LabDaemon> {
  const surroundings = surroundingsOf(given);
  const places = dockerPlaces(surroundings);
  const found = await find("docker", places, signal);
  const { daemons } =
    found.daemons.length > 0 ? found : await find("podman", podmanToo(places, surroundings), signal);
  try {
    const daemon = daemons.find(({ origin }) => origin.native) ?? daemons[0];
    if (daemon === undefined) throw labFailureOf(found.failure, "docker", "docker", {});
    const { version } = await daemon.client.ping(signal);
    const address = addressOf(placeOf(daemon.origin.endpoint, surroundings));
    const lines = [connection(address, lanes.calls), connection(address, lanes.streams)] as const;
    const spoken = version === null ? null : negotiate(version);
    if (spoken !== null) for (const line of lines) line.speak(spoken);
    const engine = daemon.origin.engine === "podman" ? "podman" : "docker";
    return {
      docker: labDocker(...lines, daemon.where, engine),
      engine,
      where: daemon.where,
      native: daemon.origin.native,
      close: () => lines.forEach((line) => void line.close()),
    };
  } finally {
    daemons.forEach(closeDaemon);
  }
}

const find = (engine: LabDaemon["engine"], places: readonly Place[], signal: AbortSignal): Promise<Found> =>
  connector(
    engine,
    () => places,
    () => [],
    systemClock,
  )(signal);

/** DOCKER_HOST alone counts where it is set, here too. Over ssh the docker command would be asked for, which Podman lacks. */
function podmanToo(places: readonly Place[], surroundings: Surroundings): readonly Place[] {
  const near = places.filter(({ where }) => !where.startsWith("ssh://"));
  return surroundings.environment.DOCKER_HOST ? near : [...near, ...podmanPlaces(surroundings)];
}
