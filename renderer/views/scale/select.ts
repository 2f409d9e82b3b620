import type { Sample } from "../../../shared/figures.ts";
import type { Event } from "../../../shared/model/event.ts";
import type { EngineName, Kind } from "../../../shared/model/instance.ts";
import type { Bytes, Cores, Millis } from "../../../shared/model/units.ts";
import { type GivenBack, givenBack } from "../../../shared/race/give-back.ts";
import type { GroupBy, Sort, SortKey, StateFilter } from "../../state/ui.ts";
import {
  compareNames,
  isAlive,
  isFound,
  isOver,
  isService,
  isThrottled,
  manyRows,
  type Weighed,
} from "../../state/weighed.ts";

export type Filter = {
  readonly state: StateFilter;
  readonly engine: EngineName | null;
  readonly project: string | null;
  readonly search: string;
};

/** Who is listed. */
export function pick(all: readonly Weighed[], filter: Filter): readonly Weighed[] {
  return all.filter(({ instance, sample }) => {
    if (filter.engine === null ? isService(instance) : instance.engine !== filter.engine) return false;
    if (filter.project !== null && instance.group !== filter.project) return false;
    if (filter.state === "running" && !isAlive(instance)) return false;
    if (filter.state === "over" && !isOver(instance.kind, sample) && !isThrottled(sample)) return false;
    return isFound(instance, filter.search);
  });
}

const mib = 1024 * 1024;
const roughly = (value: number | null | undefined, step: number) =>
  value === null || value === undefined ? null : Math.round(value / step);

/** What a column sorts by: the figure as it is shown, so that noise below it does not shuffle rows. */
const keys: { readonly [key in Exclude<SortKey, "name">]: (one: Weighed, back: GivenBack) => number | null } =
  {
    gross: ({ sample }) => roughly(sample?.gross, mib),
    ratio: ({ sample }) =>
      sample?.net && sample.gross !== null ? roughly(sample.gross / sample.net, 0.1) : null,
    used: ({ sample }) => roughly(sample?.memoryUsed, 0.01),
    cores: ({ sample }) => roughly(sample?.cores, 0.01),
    throttled: ({ sample }) => roughly(sample?.throttledShare, 0.01),
    image: ({ instance }) => roughly(instance.imageSize, mib),
    ready: ({ instance }, back) => roughly(back.ready(instance)?.median, 10),
    up: ({ instance }) => instance.startedAt && -instance.startedAt,
  };

const nothingBack = givenBack([]);
/** Sorted as asked; unknown last in either direction, equals by name, so that the order never flickers. */
export function sorted(
  all: readonly Weighed[],
  { by, down }: Sort,
  back: GivenBack = nothingBack,
): readonly Weighed[] {
  const byName = (a: Weighed, b: Weighed) =>
    compareNames(a.instance.name, b.instance.name) || (a.instance.id < b.instance.id ? -1 : 1);
  if (by === "name") return [...all].sort((a, b) => (down ? byName(b, a) : byName(a, b)));
  const key = keys[by];
  return all
    .map((one) => ({ one, value: key(one, back) }))
    .sort((a, b) => {
      if (a.value === b.value) return byName(a.one, b.one);
      if (a.value === null) return 1;
      if (b.value === null) return -1;
      return down ? b.value - a.value : a.value - b.value;
    })
    .map(({ one }) => one);
}

export type Sums = {
  readonly count: number;
  /** Of those whose weight is known; null: of none. */
  readonly gross: Bytes | null;
  readonly known: number;
  readonly cores: Cores | null;
  /** Images that several share count once. */
  readonly images: Bytes | null;
  readonly over: number;
  /** The largest throttled share. */
  readonly throttled: number | null;
  /** The heaviest, and the mean of what boxes weigh where that is known. */
  readonly largest: Bytes | null;
  readonly tare: Bytes | null;
};

/** What a group's row says. Sums are over what is known; nothing known is null, nobody there is 0. */
export function sumsOf(all: readonly Weighed[]): Sums {
  const sum = (values: readonly (number | null)[]) => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 && values.length > 0 ? null : known.reduce((total, value) => total + value, 0);
  };
  const images = new Map<string, Bytes>();
  for (const { instance } of all)
    if (instance.imageSize !== null) images.set(instance.image ?? instance.id, instance.imageSize);
  const shares = all.map(({ sample }) => sample?.throttledShare ?? null).filter((share) => share !== null);
  const known = (of: (one: Weighed) => number | null | undefined) =>
    all.map(of).filter((value) => value !== null && value !== undefined);
  const weights = known(({ sample }) => sample?.gross);
  const tares = known(({ sample }) => sample?.tare);
  return {
    count: all.length,
    gross: sum(all.map(({ sample }) => sample?.gross ?? null)),
    known: all.filter(({ sample }) => sample?.gross != null).length,
    cores: sum(all.map(({ sample }) => sample?.cores ?? null)),
    images: images.size === 0 && all.length > 0 ? null : sum([...images.values()]),
    over: all.filter(({ instance, sample }) => isOver(instance.kind, sample)).length,
    throttled: shares.length === 0 ? null : Math.max(...shares),
    largest: weights.length === 0 ? null : Math.max(...weights),
    tare: tares.length === 0 ? null : tares.reduce((total, tare) => total + tare, 0) / tares.length,
  };
}

/** By kind, by project where there are many rows, unless the user chose. */
export const groupingOf = (chosen: GroupBy | null, count: number): GroupBy =>
  chosen ?? (count < manyRows ? "kind" : "project");

/** Kills for memory in the hour before `at`: what events told, or the cgroup's own count where that is higher. */
export function killsOf(id: string, sample: Sample | null, events: readonly Event[], at: Millis): number {
  const told = events.filter(
    (event) => event.instance === id && event.kind === "oom-kill" && at - event.at < 3_600_000,
  ).length;
  return Math.max(told, sample?.oomKills ?? 0);
}

/** The middle gross of one kind: the mean of the middle two where they are even in number; null for none. */
export function medianGross(all: readonly Weighed[], kind: Kind): Bytes | null {
  const weights = all
    .filter(({ instance }) => instance.kind === kind)
    .map(({ sample }) => sample?.gross ?? null)
    .filter((gross) => gross !== null)
    .sort((a, b) => a - b);
  const low = weights[Math.floor((weights.length - 1) / 2)];
  const high = weights[Math.ceil((weights.length - 1) / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
