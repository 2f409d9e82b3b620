import type { EventKind } from "../../../shared/model/event.ts";
import type { Claim, State } from "../../../shared/model/instance.ts";
import type { Clock } from "../../machine/clock.ts";
import { EngineFailure, type News } from "../engine.ts";
import { type Definition, parseDefinition } from "./definition.ts";
import { isActive, parseDomstats, parseList, type Stats, sizeOf, stateOf, toldOf } from "./parse.ts";
import { understood, type Virsh } from "./virsh.ts";

/** All domains of one daemon. */
export type Domains = {
  /** Asks once, and tells what changed; the first time, nothing but what `claims` then holds. */
  step(): Promise<void>;
  readonly claims: ReadonlyMap<string, Claim>;
};

/** The whole list, with the stopped ones, is asked for every so many steps; a domain that starts is seen in each. */
const listEvery = 2;
/** One definition is read again every so many steps, in turn: it may have been edited. */
const definitionEvery = 10;
const groups = "--list-active --state --cpu-total --balloon --vcpu --interface --block";

type Domain = { uuid: string; name: string; state: State; definition: Definition | null; stale: boolean };

export function domainsOf(uri: string, virsh: Virsh, clock: Clock, tell: (news: News) => void): Domains {
  const domains = new Map<string, Domain>();
  const claims = new Map<string, Claim>();
  /** Before libvirt 4.5 there is none. */
  let noWait = "--nowait ";
  let names: ReadonlyMap<string, string> = new Map();
  let steps = 0;

  const ask = async (): Promise<readonly Stats[]> => {
    try {
      const answer = await virsh.ask(`domstats --raw ${noWait}${groups}`);
      return understood(uri, answer, parseDomstats(answer));
    } catch (error) {
      if (noWait === "" || !(error instanceof EngineFailure) || error.code !== "outdated") throw error;
      noWait = "";
      return ask();
    }
  };

  const list = async () => {
    const answer = await virsh.ask("list --all --uuid --name");
    names = understood(uri, answer, parseList(answer));
    const present = new Set(names.values());
    for (const uuid of domains.keys()) if (!present.has(uuid)) forget(uuid);
    for (const [name, uuid] of names) meet(uuid, name);
  };

  const meet = (uuid: string, name: string) => {
    const known = domains.get(uuid);
    if (!known) domains.set(uuid, { uuid, name, state: "unknown", definition: null, stale: true });
    else if (known.name !== name) {
      event("renamed", uuid, `${known.name} -> ${name}`);
      known.name = name;
    }
  };

  const forget = (uuid: string) => {
    const domain = domains.get(uuid);
    if (domain && isRunning(domain.state)) event("stopped", uuid, null);
    domains.delete(uuid);
    const id = idOf(uuid);
    if (claims.delete(id)) tell({ went: id });
  };

  const event = (kind: EventKind, uuid: string, detail: string | null) =>
    tell({ event: { at: clock.now(), kind, instance: idOf(uuid), detail } });

  /** One that is not active has ended, however it did: libvirt tells no more of it. */
  const become = (domain: Domain, state: State) => {
    const before = domain.state;
    if (before === state) return;
    domain.state = state;
    // What runs may have been defined anew while it did not, or have other devices than defined.
    domain.stale ||= isRunning(before) !== isRunning(state);
    const kind = before === "unknown" && steps === 0 ? null : kindOf(before, state);
    if (kind) event(kind, domain.uuid, null);
  };

  const define = async (domain: Domain) => {
    try {
      domain.definition = parseDefinition(await virsh.ask(`dumpxml ${domain.uuid}`));
    } catch (error) {
      // Gone between list and question; anything else is the daemon's trouble.
      if (!(error instanceof EngineFailure) || error.code !== "failed") throw error;
    }
    domain.stale = false;
    tell({ limited: idOf(domain.uuid), limits: domain.definition?.tuned ?? [] });
  };

  const claim = (domain: Domain, stats: Stats | undefined) => {
    const next = claimOf(domain, stats);
    if (JSON.stringify(claims.get(next.id)) === JSON.stringify(next)) return;
    claims.set(next.id, next);
    if (steps > 0) tell({ came: next });
  };

  return {
    claims,
    async step() {
      let active = await ask();
      const strange = active.some(({ name }) => !names.has(name));
      if (strange || steps % listEvery === 0) await list();
      // A domain may have ended, and another begun, between the two questions: the answer to the later one counts.
      if (strange) active = await ask();
      const statsOf = new Map(
        active.flatMap((stats) => {
          const uuid = names.get(stats.name);
          return uuid !== undefined && isActive(stats) ? [[uuid, stats] as const] : [];
        }),
      );
      const turn = steps % definitionEvery === 0 ? (steps / definitionEvery) % domains.size : -1;
      for (const [index, domain] of [...domains.values()].entries()) {
        const stats = statsOf.get(domain.uuid);
        become(domain, stats ? stateOf(stats) : "stopped");
        if (domain.stale || index === turn) await define(domain);
        claim(domain, stats);
      }
      if (steps++ === 0) return;
      for (const [uuid, stats] of statsOf)
        tell({
          told: idOf(uuid),
          reading: toldOf(stats, clock.now(), domains.get(uuid)?.definition?.statsPeriod ?? null),
        });
    },
  };
}

const idOf = (uuid: string) => `libvirt:${uuid}`;
const isRunning = (state: State) => state === "running" || state === "paused" || state === "stopping";

function kindOf(before: State, state: State): EventKind | null {
  if (!isRunning(before)) return isRunning(state) ? "started" : null;
  if (!isRunning(state)) return "stopped";
  if (state === "paused") return "paused";
  return before === "paused" && state === "running" ? "resumed" : null;
}

/** libvirt's word for who executes the guest -> the accelerator. */
const accelerators = new Map([["qemu", "tcg"]]);

function claimOf({ uuid, name, state, definition }: Domain, stats: Stats | undefined): Claim {
  const now = stats ? sizeOf(stats) : { memory: null, vcpus: null };
  const type = definition?.type ?? null;
  return {
    engine: "libvirt",
    id: idOf(uuid),
    kind: type === "lxc" ? "container" : "vm",
    name,
    state,
    group: null,
    image: null,
    imageSize: null,
    createdAt: null,
    startedAt: null,
    restarts: null,
    health: null,
    reported: { memory: definition?.hardLimit ?? null, cpu: definition?.quota ?? null, pids: null },
    virtualization: {
      accelerator: type === null ? null : (accelerators.get(type) ?? type),
      acceleratorSeen: false,
      machine: definition?.machine ?? null,
      vcpus: now.vcpus ?? definition?.vcpus ?? null,
      configured: now.memory ?? definition?.memory ?? null,
    },
    // Its process is found by the qemu engine; the two become one by the uuid.
    handle: null,
    uuid,
    pid: null,
    detailed: definition !== null,
  };
}
