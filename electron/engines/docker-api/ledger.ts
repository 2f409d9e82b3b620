import { bytes, cores, count } from "../../../shared/format.ts";
import type { Claim } from "../../../shared/model/instance.ts";
import type { Bytes, Millis } from "../../../shared/model/units.ts";
import type { Clock } from "../../machine/clock.ts";
import { claimOf } from "./claim.ts";
import type { Daemon } from "./connect.ts";
import { type EngineEvent, isGone, kindOf } from "./events.ts";
import { type Facts, parseImageSize, parseInspect } from "./inspect.ts";
import { queue } from "./queue.ts";
import type { Ear } from "./session.ts";

type Entry = { readonly facts: Facts; readonly detailed: boolean; readonly claim: Claim };

export type Ledger = {
  claims(): readonly Claim[];
  hear(event: EngineEvent): void;
  /** A list is asked for: what events say from now on is newer than what it will say. */
  begin(): void;
  merge(list: readonly Facts[], first: boolean, signal: AbortSignal): void;
  /** Resolves when every container that is to be looked at was. */
  settled(): Promise<void>;
};

/** What is known of one daemon's containers, from its list, its events and a look at each. */
export function ledger(daemon: Daemon, ear: Ear, clock: Clock): Ledger {
  const { client, origin } = daemon;
  const known = new Map<string, Entry>();
  const sizes = new Map<string, Bytes | null>();
  /** Ids that events spoke of since the list was asked for. */
  const touched = new Set<string>();
  /** Ids that are gone since then: a look that was under way must not bring them back. */
  const gone = new Set<string>();
  /** Whose start was told, and no end since: a list that is older than the look at it must not call it found. */
  const started = new Set<string>();
  /** Whose limits are said to have changed, and when. */
  const updated = new Map<string, Millis>();
  let signal = new AbortController().signal;

  const put = (facts: Facts, detailed: boolean) => {
    const size = sizes.get(facts.imageId ?? "") ?? null;
    const claim = claimOf(facts, origin, size, detailed);
    const before = known.get(facts.id)?.claim;
    known.set(facts.id, { facts, detailed, claim });
    return JSON.stringify(before) === JSON.stringify(claim) ? null : claim;
  };
  /** Most looks only confirm what the event said already: that is no news. */
  const tell = (facts: Facts, detailed: boolean) => {
    const claim = put(facts, detailed);
    if (claim) ear.came(claim);
  };
  const remove = (id: string) => {
    gone.add(id);
    looks.drop(id);
    updated.delete(id);
    started.delete(id);
    if (known.delete(id)) ear.went(`${origin.engine}:${id}`);
  };
  const look = async (id: string) => {
    try {
      const json = await client.inspect(id, signal);
      // An event came meanwhile: it will be looked at again, and this would be shown for a moment.
      if (looks.waits(id) || gone.has(id)) return;
      if (json === null) return remove(id);
      const facts = parseInspect(json);
      if (facts === null || facts.id !== id) return;
      tellChange(id, facts);
      tell(facts, true);
      if (facts.imageId !== null && !sizes.has(facts.imageId)) {
        sizes.set(facts.imageId, null); // asked for once a session, whatever comes of it
        images.add(facts.imageId);
      }
    } catch {
      // No answer, or none that can be read: the row stays as the list tells it ("no details yet") until the next list.
    }
  };
  const looks = queue(2, look);
  const images = queue(1, async (id) => {
    sizes.set(id, await client.image(id, signal).then(parseImageSize, () => null));
    if (sizes.get(id) === null) return;
    for (const { facts, detailed } of known.values()) if (facts.imageId === id) tell(facts, detailed);
  });

  const tellChange = (id: string, facts: Facts) => {
    const at = updated.get(id);
    const before = known.get(id);
    updated.delete(id);
    if (at === undefined) return;
    const detail = before?.detailed ? changeOf(before.facts, facts) : null;
    ear.event({ at, kind: "limits-changed", instance: `${origin.engine}:${id}`, detail });
  };

  /** What the event itself says is shown at once; a look confirms it. */
  const apply = ({ id, action, tail, name }: EngineEvent) => {
    const entry = known.get(id);
    const change = entry === undefined ? null : changeBy(action, tail, name);
    if (entry && change) tell({ ...entry.facts, ...change }, entry.detailed);
    if (!(entry && action === "health_status")) looks.add(id);
  };

  return {
    claims: () => [...known.values()].map(({ claim }) => claim),
    hear(event) {
      touched.add(event.id);
      const kind = kindOf(event);
      const instance = `${origin.engine}:${event.id}`;
      const before = known.get(event.id)?.facts.name ?? null;
      if (kind !== null) ear.event({ at: event.at, kind, instance, detail: detailOf(event, before) });
      if (event.action === "update") updated.set(event.id, event.at);
      if (kind === "started") started.add(event.id);
      if (kind === "died" || kind === "stopped") started.delete(event.id);
      if (isGone(event)) remove(event.id);
      else if (event.action !== "oom") apply(event);
    },
    begin() {
      touched.clear();
      gone.clear();
    },
    merge(list, first, current) {
      signal = current;
      for (const facts of list) {
        const before = known.get(facts.id);
        if (touched.has(facts.id) && !first) continue;
        if (before?.detailed && same(before.facts, facts)) continue;
        const news = facts.state === "running" && before?.facts.state !== "running" && !started.has(facts.id);
        if (news && !first)
          ear.event({
            at: clock.now(),
            kind: "found",
            instance: `${origin.engine}:${facts.id}`,
            detail: null,
          });
        put(before ? { ...before.facts, ...listedOf(facts) } : facts, before?.detailed ?? false);
        looks.add(facts.id);
      }
      const there = new Set(list.map(({ id }) => id));
      for (const id of [...known.keys()]) if (!there.has(id) && !touched.has(id)) known.delete(id);
    },
    settled: () => looks.idle(),
  };
}

/** What a list knows of a container that was looked at before. */
const listedOf = ({ name, state, health }: Facts) => ({ name, state, health });
const same = (left: Facts, right: Facts) =>
  left.name === right.name && left.state === right.state && left.health === right.health;

function changeBy(action: string, tail: string | null, name: string | null): Partial<Facts> | null {
  switch (action) {
    case "pause":
      return { state: "paused" };
    case "unpause":
      return { state: "running" };
    case "die":
    case "died":
      return { state: "stopped", pid: null };
    case "rename":
      return name === null ? null : { name };
    case "health_status":
      return { health: tail };
    default:
      return null;
  }
}

/** Podman tells an exit code with every event, and no old name with a rename. */
function detailOf({ action, exitCode, name, oldName }: EngineEvent, before: string | null): string | null {
  if (action === "die" || action === "died") return exitCode;
  if (action !== "rename" || name === null) return null;
  const old = oldName ?? before;
  return old === null || old === name ? name : `${old} -> ${name}`;
}

/** "160 MiB -> 192 MiB": the first limit that is another; null: none of those that Tare knows. */
function changeOf({ reported: before }: Facts, { reported: after }: Facts): string | null {
  if (before.memory !== after.memory) return `${bytes(before.memory)} -> ${bytes(after.memory)}`;
  if (before.cpu !== after.cpu) return `${cores(before.cpu)} -> ${cores(after.cpu)}`;
  return before.pids === after.pids ? null : `${count(before.pids)} -> ${count(after.pids)}`;
}
