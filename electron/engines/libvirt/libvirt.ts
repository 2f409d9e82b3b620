import type { Looked } from "../../../shared/model/status.ts";
import type { Millis } from "../../../shared/model/units.ts";
import { type Clock, systemClock } from "../../machine/clock.ts";
import { findProgram } from "../../machine/spawn.ts";
import { type Engine, EngineFailure, type News } from "../engine.ts";
import { type Domains, domainsOf } from "./domains.ts";
import { parseVersion } from "./parse.ts";
import { libvirtPlaces, listeningSocket, type Place } from "./places.ts";
import { openVirsh } from "./virsh.ts";

export type LibvirtOptions = {
  readonly places?: readonly Place[];
  readonly clock?: Clock;
  /** For one answer of virsh. */
  readonly deadline?: Millis;
};

const period: Millis = 1_000;
/** A daemon that is out of reach while another answers is tried again so often. */
const again: Millis = 10_000;
/** A refusal that costs a process to hear is not asked for again sooner. */
const rest: Millis = 10_000;

/**
 * The domains of libvirt's daemons, through one `virsh` each that stays open: stopped ones too. A domain's process, and so
 * its weight, is the qemu engine's to find.
 */
export const libvirt = ({
  places = libvirtPlaces(process.env, process.getuid?.() ?? 0),
  clock = systemClock,
  deadline = 3_000,
}: LibvirtOptions): Engine => {
  /** Daemons that refused virsh, and when: the supervisor asks every two seconds, and each time is a process. */
  const refused = new Map<string, { readonly at: Millis; readonly failure: EngineFailure }>();

  const open = async (
    place: Place,
    tell: (news: News) => void,
    signal: AbortSignal,
  ): Promise<Connection | null> => {
    const socket = await listeningSocket(place);
    if (socket === null) return null;
    const program = findProgram("virsh");
    if (program === null) throw new EngineFailure("absent", "virsh");
    const last = refused.get(place.uri);
    if (last && clock.monotonic() / 1e6 - last.at < rest) throw last.failure;
    refused.delete(place.uri);
    try {
      const virsh = await openVirsh({ program, uri: place.uri, deadline, signal });
      const version = await virsh.ask("version --daemon").then(parseVersion, () => null);
      const domains = domainsOf(place.uri, virsh, clock, tell);
      await domains.step();
      return { place, version, domains };
    } catch (error) {
      // Denied stays denied; what did not answer may do so any moment.
      if (error instanceof EngineFailure && error.code === "denied")
        refused.set(place.uri, { at: clock.monotonic() / 1e6, failure: error });
      throw error;
    }
  };

  return {
    name: "libvirt",
    async watch(tell, signal) {
      const stop = new AbortController();
      const end = () => stop.abort();
      signal.addEventListener("abort", end, { once: true });
      if (signal.aborted) end();
      try {
        await watchAll(places, (place) => open(place, tell, stop.signal), tell, clock, stop.signal);
      } finally {
        signal.removeEventListener("abort", end);
        // No virsh of ours outlives this.
        end();
      }
    },
  };
};

type Connection = { readonly place: Place; readonly version: string | null; readonly domains: Domains };

/** Watches every daemon that answers, as long as one does; then throws what the first one said. */
async function watchAll(
  places: readonly Place[],
  open: (place: Place) => Promise<Connection | null>,
  tell: (news: News) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const connections = new Map<Place, Connection>();
  const failures = new Map<Place, unknown>();

  const look = async (place: Place) => {
    try {
      const connection = await open(place);
      if (connection) connections.set(place, connection);
    } catch (error) {
      failures.set(place, error);
    }
  };
  const lookAll = async () => {
    failures.clear();
    await Promise.all(places.filter((place) => !connections.has(place)).map(look));
  };
  const tellAll = () => {
    tell({ looked: places.map((place): Looked => ({ where: place.uri, found: connections.has(place) })) });
    if (connections.size === 0) throw [...failures.values()][0] ?? absent(places);
    tell({ all: [...connections.values()].flatMap(({ domains }) => [...domains.claims.values()]) });
  };
  const step = async ({ place, domains }: Connection) => {
    try {
      await domains.step();
    } catch (error) {
      connections.delete(place);
      failures.set(place, error);
    }
  };

  await lookAll();
  signal.throwIfAborted();
  if (connections.size > 0) tell({ ready: readyOf([...connections.values()]) });
  tellAll();
  for (let looking: Promise<void> | null = null, looked = clock.monotonic(); ; ) {
    await clock.after(period, signal);
    const before = connections.size;
    await Promise.all([...connections.values()].map(step));
    signal.throwIfAborted();
    tell({ alive: true });
    if (connections.size !== before) tellAll();
    if (looking || connections.size === places.length || (clock.monotonic() - looked) / 1e6 < again) continue;
    looked = clock.monotonic();
    // Beside the others' ticks: a daemon that hangs must not hold them up.
    looking = lookAll().then(() => {
      looking = null;
      if (connections.size > before && !signal.aborted) tellAll();
    });
  }
}

const absent = (places: readonly Place[]) =>
  new EngineFailure("absent", places[0]?.sockets[0] ?? "libvirt-sock");

const readyOf = (connections: readonly Connection[]) => ({
  version: connections[0]?.version ?? null,
  where: connections.map(({ place }) => place.uri).join(", "),
});
