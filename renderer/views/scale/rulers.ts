import type { Bytes } from "../../../shared/model/units.ts";
import type { GroupBy } from "../../state/ui.ts";
import { limitOf, type Weighed } from "../../state/weighed.ts";
import { sumsOf } from "./select.ts";

/** What the two rulers must reach over, in bytes. */
export type Needs = { readonly main: Bytes; readonly lens: Bytes };

/** A limit counts up to this many times the heaviest: a generous one would press all bars together; it is cut instead. */
const generous = 4;

const largest = (values: readonly (Bytes | null)[]): Bytes =>
  values.reduce<Bytes>((most, value) => Math.max(most, value ?? 0), 0);

const reach = (all: readonly Weighed[]): Bytes => {
  const weights = largest(all.map(({ sample }) => sample?.gross ?? null));
  const limits = all.map(({ instance, sample }) => limitOf(instance.kind, sample));
  return Math.max(weights, largest(limits.filter((limit) => limit !== null && limit <= generous * weights)));
};

/**
 * The main ruler reaches over the largest of gross and limit; without VMs over the sum as well, since all fits then.
 * `raced`: what stands where VMs would be. The lens reaches over the heaviest container with its own limit and, by project, over the heaviest project.
 */
export function needsOf(all: readonly Weighed[], group: GroupBy, raced: Bytes = 0): Needs {
  const containers = all.filter(({ instance }) => instance.kind === "container");
  const sum = containers.length === all.length ? (sumsOf(all).gross ?? 0) : 0;
  const heaviest = containers.reduce<Weighed | null>(
    (most, one) => ((one.sample?.gross ?? 0) > (most?.sample?.gross ?? 0) ? one : most),
    null,
  );
  const lens = heaviest ? reach([heaviest]) : 0;
  return {
    main: Math.max(reach(all), sum, raced),
    lens: group === "project" ? Math.max(lens, heaviestProject(containers)) : lens,
  };
}

function heaviestProject(containers: readonly Weighed[]): Bytes {
  const sums = new Map<string | null, Bytes>();
  for (const { instance, sample } of containers)
    sums.set(instance.group, (sums.get(instance.group) ?? 0) + (sample?.gross ?? 0));
  return largest([...sums.values()]);
}
