import { updateCommand } from "../../shared/mends/commands.ts";
import type { Bytes, Millis } from "../../shared/model/units.ts";
import { addressOf } from "../engines/docker-api/address.ts";
import { claimOf } from "../engines/docker-api/claim.ts";
import { closeDaemon, connector, type Daemon } from "../engines/docker-api/connect.ts";
import { connection, type Request } from "../engines/docker-api/connection.ts";
import { within } from "../engines/docker-api/deadline.ts";
import { parseInspect, parseList } from "../engines/docker-api/inspect.ts";
import {
  dockerPlaces,
  placeOf,
  podmanPlaces,
  type Surroundings,
  surroundingsOf,
} from "../engines/docker-api/places.ts";
import { negotiate } from "../engines/docker-api/version.ts";
import { systemClock } from "../machine/clock.ts";
import {
  composeLabels,
  dockerUpdates,
  linesOf,
  parseInspected,
  podmanUpdate,
  settingOf,
} from "./docker-look.ts";
import { ChangeFailure } from "./failure.ts";
import type { Hand, Look } from "./hand.ts";

/** A limit may wait for the kernel to take memory back. */
const patience: Millis = 20_000;
/** A refusal is a sentence. */
const mostAnswer = 1 << 16;
/** Podman's own API, of which this call is in every version since 4.3; the Docker-compatible one has it since 5. */
const libpod = "/v4.0.0/libpod";

/**
 * A container in the hand of Docker or Podman: the daemon, of all that answer, which has it. `id` is its full id, which is
 * all that is ever asked for: a name may be another's by now. `name`: to tell a container that was replaced from one that is
 * gone. Throws a ChangeFailure.
 */
export async function dockerHand(
  engine: "docker" | "podman",
  id: string,
  name: string,
  signal: AbortSignal,
  given: Partial<Surroundings> = {},
): Promise<Hand> {
  if (!/^[0-9a-f]{64}$/.test(id)) throw new ChangeFailure("gone", name, null);
  const surroundings = surroundingsOf(given);
  const [own, guests] =
    engine === "docker"
      ? [dockerPlaces, () => []]
      : [podmanPlaces, (at: Surroundings) => dockerPlaces(at).filter(({ where }) => !isFar(where))];
  const find = connector(
    engine,
    () => own(surroundings),
    () => guests(surroundings),
    systemClock,
  );
  const { daemons, failure } = await find(signal);
  const daemon = await ownerOf(daemons, id, signal);
  for (const other of daemons) if (other !== daemon) closeDaemon(other);
  if (daemon === null) {
    if (failure !== null) throw failure;
    // A daemon that is left out here may have it; a name that is taken tells that it was made anew.
    throw new ChangeFailure("gone", name, null);
  }
  return handOf(daemon, engine, id, name, surroundings);
}

const isFar = (where: string) => where.startsWith("ssh://");

/** The daemon that knows the id; else the one in which another container has taken the name, else the first. */
async function ownerOf(daemons: readonly Daemon[], id: string, signal: AbortSignal): Promise<Daemon | null> {
  for (const daemon of daemons) {
    const found = await daemon.client.inspect(id, signal).catch(() => null);
    if (parseInspected(found)?.Id === id) return daemon;
  }
  return daemons[0] ?? null;
}

function handOf(
  daemon: Daemon,
  engine: "docker" | "podman",
  id: string,
  name: string,
  surroundings: Surroundings,
): Hand {
  const { client, origin } = daemon;
  const line = connection(addressOf(placeOf(origin.endpoint, surroundings)), 1);
  const ask = (request: Request, signal: AbortSignal) =>
    within(patience, signal, (own) => line.read(request, mostAnswer, own));
  let v1 = false;
  let memory: Bytes | null = null;

  const look = async (signal: AbortSignal): Promise<Look> => {
    const json = await client.inspect(id, signal);
    const [inspected, facts] = [parseInspected(json), parseInspect(json)];
    if (inspected === null || facts === null || inspected.Id !== id)
      throw await missing(daemon, name, signal);
    const { handle } = claimOf(facts, origin, null, true);
    memory = settingOf(inspected, "memory")?.limit ?? null;
    v1 = handle?.via === "cgroup" && handle.paths.memory !== null;
    return {
      name: facts.name,
      running: facts.state === "running" || facts.state === "paused",
      run: inspected.State.StartedAt ?? null,
      setting: (resource) => settingOf(inspected, resource),
      lines: linesOf,
      handle,
      compose: composeLabels(inspected),
      most: null,
    };
  };

  return {
    look,
    async set(setting, signal) {
      if (engine === "podman") {
        const path = `${libpod}/containers/${id}/update`;
        await ask({ method: "POST", path, body: podmanUpdate(setting) }, signal);
        return;
      }
      const { version } = await client.ping(signal);
      const spoken = version === null ? null : negotiate(version);
      if (spoken !== null) line.speak(spoken);
      for (const body of dockerUpdates(setting, v1, memory))
        await ask({ method: "POST", path: `/containers/${id}/update`, body }, signal);
    },
    command: (setting, called) => updateCommand(engine, called, setting),
    close() {
      line.close();
      closeDaemon(daemon);
    },
  };
}

/** Gone; or replaced, where a container of that name is there under another id. */
async function missing({ client }: Daemon, name: string, signal: AbortSignal): Promise<ChangeFailure> {
  const listed = parseList(await client.list(signal)) ?? [];
  const successor = listed.find((facts) => facts.name === name);
  return successor
    ? new ChangeFailure("replaced", name, successor.id.slice(0, 12))
    : new ChangeFailure("gone", name, null);
}
