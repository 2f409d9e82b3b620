import { type Merged, merge } from "../../shared/merge.ts";
import type { NamedLimit } from "../../shared/model/detail.ts";
import type { Event } from "../../shared/model/event.ts";
import type { Bounds, Claim, EngineName, Handle, Instance } from "../../shared/model/instance.ts";
import type { Told } from "../../shared/model/reading.ts";
import type { News } from "../engines/engine.ts";

/** What changed since the census was asked last. */
export type Changes = {
  readonly came: readonly Instance[];
  readonly went: readonly string[];
  readonly events: readonly Event[];
};

export type Census = {
  /** Hears one engine. `engine` is who told it, which need not be the engine that the claim names. */
  hear(engine: EngineName, news: News): void;
  /** Merges what was heard since, and tells what it changed. Cheap when nothing was. */
  changes(): Changes;
  readonly instances: ReadonlyMap<string, Instance>;
  handle(id: string): Handle | null;
  /** Hears what a reader found of the limits in force; it is news with the next changes. */
  bound(id: string, bounds: Bounds): void;
  /** What an engine told last of the limits that it sets itself; empty: none. */
  limited(id: string): readonly NamedLimit[];
  /** What an engine told last of an instance's figures. */
  told(id: string): Told | null;
};

/** Who exists: every engine's claims, merged into instances, each with a slot of its own. The one place that knows. */
export function census(): Census {
  const claims = new Map<EngineName, Map<string, Claim>>();
  const told = new Map<string, Told>();
  const limited = new Map<string, readonly NamedLimit[]>();
  const instances = new Map<string, Instance>();
  const bounds = new Map<string, Bounds>();
  /** What each instance was merged from. */
  const mergedOf = new Map<string, Merged>();
  /** Claim id -> id of the instance that it was merged into. */
  let instanceOf = new Map<string, string>();
  let events: Event[] = [];
  let changed = false;
  let nextSlot = 0;

  const claimsOf = (engine: EngineName) => {
    const known = claims.get(engine) ?? new Map<string, Claim>();
    claims.set(engine, known);
    return known;
  };

  const remove = (engine: EngineName, id: string) => {
    changed = claimsOf(engine).delete(id) || changed;
    told.delete(id);
    limited.delete(id);
  };

  const put = (engine: EngineName, claim: Claim) => {
    claimsOf(engine).set(claim.id, claim);
    changed = true;
  };

  const instanceFrom = ({ claim, alsoSeenBy }: Merged): Instance => {
    const { handle, uuid: _, pid: __, ...facts } = claim;
    return {
      ...facts,
      slot: instances.get(claim.id)?.slot ?? nextSlot++,
      weighed: handle?.via ?? null,
      // Of what does not run, or runs elsewhere, nothing is read.
      bounds: (handle && bounds.get(claim.id)) || null,
      alsoSeenBy,
    };
  };

  const recount = () => {
    const came: Instance[] = [];
    const all = merge([...claims.values()].flatMap((known) => [...known.values()]));
    instanceOf = new Map(
      all.flatMap(({ claim, members }) => members.map((member) => [member, claim.id] as const)),
    );
    const present = new Set<string>();
    for (const merged of all) {
      const { id, handle } = merged.claim;
      const before = instances.get(id);
      const mergedBefore = mergedOf.get(id);
      present.add(id);
      mergedOf.set(id, merged);
      // One of hundreds changed: of the others nothing is made anew to be compared.
      const found = (handle && bounds.get(id)) || null;
      if (before?.bounds === found && mergedBefore && sameParts(mergedBefore, merged)) continue;
      const instance = instanceFrom(merged);
      if (before && JSON.stringify(before) === JSON.stringify(instance)) continue;
      instances.set(id, instance);
      came.push(instance);
    }
    const went = [...instances.keys()].filter((id) => !present.has(id));
    for (const id of went) {
      instances.delete(id);
      bounds.delete(id);
      mergedOf.delete(id);
    }
    return { came, went };
  };

  return {
    instances,
    hear(engine, news) {
      if ("came" in news) put(engine, news.came);
      else if ("went" in news) remove(engine, news.went);
      else if ("all" in news) {
        const present = new Set(news.all.map(({ id }) => id));
        for (const id of claimsOf(engine).keys()) if (!present.has(id)) remove(engine, id);
        for (const claim of news.all) put(engine, claim);
        changed = true;
      } else if ("told" in news) told.set(news.told, news.reading);
      else if ("limited" in news) limited.set(news.limited, news.limits);
      else if ("event" in news) events.push(news.event);
    },
    changes() {
      const { came, went } = changed ? recount() : { came: [], went: [] };
      changed = false;
      const heard = events.map((event) => ({
        ...event,
        instance: event.instance === null ? null : (instanceOf.get(event.instance) ?? event.instance),
      }));
      events = [];
      return { came, went, events: heard };
    },
    bound(id, found) {
      if (!instances.has(id)) return;
      bounds.set(id, found);
      changed = true;
    },
    handle: (id) => mergedOf.get(id)?.claim.handle ?? null,
    limited: (id) => (mergedOf.get(id)?.members ?? []).flatMap((member) => limited.get(member) ?? []),
    told(id) {
      const teller = mergedOf.get(id)?.members.find((member) => told.has(member));
      return teller === undefined ? null : (told.get(teller) ?? null);
    },
  };
}

const sameParts = ({ parts: before }: Merged, { parts: now }: Merged) =>
  before.length === now.length && now.every((claim, index) => claim === before[index]);
