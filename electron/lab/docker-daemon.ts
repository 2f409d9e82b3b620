import { addressOf } from "../engines/docker-api/address.ts";
import { closeDaemon, connector } from "../engines/docker-api/connect.ts";
import { connection } from "../engines/docker-api/connection.ts";
import { dockerPlaces, placeOf, type Surroundings, surroundingsOf } from "../engines/docker-api/places.ts";
import { negotiate } from "../engines/docker-api/version.ts";
import { systemClock } from "../machine/clock.ts";
import type { LabDocker } from "./docker.ts";
import { labDocker } from "./docker-calls.ts";
import { labFailureOf } from "./docker-failure.ts";

/** A daemon that the lab may ask, with its connections open. */
export type LabDaemon = {
  readonly docker: LabDocker;
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
 * processes are on this machine before any other. Throws a LabFailure `no-docker`, with the reason that says most.
 */
export async function findLabDaemon(
  signal: AbortSignal,
  given: Partial<Surroundings> = {},
): Promise<LabDaemon> {
  const surroundings = surroundingsOf(given);
  const find = connector(
    "docker",
    () => dockerPlaces(surroundings),
    () => [],
    systemClock,
  );
  const { daemons, failure } = await find(signal);
  try {
    const daemon = daemons.find(({ origin }) => origin.native) ?? daemons[0];
    if (daemon === undefined) throw labFailureOf(failure, "docker", "docker", {});
    const { version } = await daemon.client.ping(signal);
    const address = addressOf(placeOf(daemon.origin.endpoint, surroundings));
    const lines = [connection(address, lanes.calls), connection(address, lanes.streams)] as const;
    const spoken = version === null ? null : negotiate(version);
    if (spoken !== null) for (const line of lines) line.speak(spoken);
    return {
      docker: labDocker(...lines, daemon.where),
      where: daemon.where,
      native: daemon.origin.native,
      close: () => lines.forEach((line) => void line.close()),
    };
  } finally {
    daemons.forEach(closeDaemon);
  }
}
