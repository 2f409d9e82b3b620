import type { Sample } from "../../../shared/figures.ts";
import type { Finding } from "../../../shared/model/finding.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Bytes, Fraction } from "../../../shared/model/units.ts";
import { isBroken, worstFirst } from "../../../shared/rules/worst-first.ts";
import type { KindFilter } from "../../state/ui.ts";
import { compareNames, isAlive, isFound, isService, limitOf, type Weighed } from "../../state/weighed.ts";

/** An instance with what rules say of it. */
export type Judged = Weighed & {
  /** What holds and is not muted, worst first. */
  readonly findings: readonly Finding[];
  /** How much of the nearest of its limits it uses; null: it has none, or its use is not known. */
  readonly near: Fraction | null;
};

/** Whom this screen tells of: who runs, without plain system services. */
export const isListed = ({ instance }: Weighed): boolean => isAlive(instance) && !isService(instance);

/** Whether kind filter and search leave it. */
export const isPicked = ({ instance }: Weighed, kind: KindFilter, search: string): boolean =>
  (kind === "both" || instance.kind === kind) && isFound(instance, search);

/** Use of the limit that it is nearest to: memory, CPU or pids. 0.4 of memory and 0.7 of CPU: 0.7. */
export function nearness(sample: Sample | null): Fraction | null {
  if (sample === null) return null;
  const { memoryUsed, cpuUsed, pids, pidsLimit } = sample;
  const ofPids = pids === null || pidsLimit === null || pidsLimit <= 0 ? null : pids / pidsLimit;
  const known = [memoryUsed, cpuUsed, ofPids].filter((share) => share !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/**
 * `near` by id: as it was kept until it has moved by more than `slack`, so that an order made of it does not flicker with
 * each tick. Who came is taken as it is.
 */
export function steadied(
  before: ReadonlyMap<string, Fraction>,
  now: readonly { readonly id: string; readonly near: Fraction | null }[],
  slack: Fraction,
): ReadonlyMap<string, Fraction> {
  const next = new Map<string, Fraction>();
  for (const { id, near } of now) {
    if (near === null) continue;
    const kept = before.get(id);
    next.set(id, kept !== undefined && Math.abs(kept - near) <= slack ? kept : near);
  }
  return next;
}

/** Nearest to a limit first, who has none last; equals by name, so that their order never changes. */
export const nearestFirst = (a: Judged, b: Judged): number =>
  (b.near ?? -1) - (a.near ?? -1) ||
  compareNames(a.instance.name, b.instance.name) ||
  (a.instance.id < b.instance.id ? -1 : 1);

/** By the worst finding of each; those without one after them, the nearest to a limit first. */
export function worstInstanceFirst(a: Judged, b: Judged): number {
  const [one, other] = [a.findings[0], b.findings[0]];
  if (one === undefined || other === undefined)
    return Number(other !== undefined) - Number(one !== undefined) || nearestFirst(a, b);
  // Of one rule and as severe, what moves is who is nearest: the ids that worstFirst ends with say nothing to people.
  const alike = one.rule === other.rule && one.severity === other.severity;
  return (alike ? 0 : worstFirst(one, other)) || nearestFirst(a, b);
}

export const isOverLimit = ({ findings }: Pick<Judged, "findings">): boolean => findings.some(isBroken);

/** What the headline tells. Nothing is null that was counted: nobody is 0. */
export type Told = {
  readonly count: number;
  readonly over: { readonly [kind in Kind]: number };
  readonly findings: number;
  /** Containers that have no limit of memory, of those that are weighed. */
  readonly unlimited: number;
  /** All memory limits and sizes of VMs together. */
  readonly together: Bytes;
  /** Who is nearest to its limit of memory. */
  readonly nearest: { readonly name: string; readonly share: Fraction; readonly limit: Bytes } | null;
};

/** Limits of 512 MiB and 256 MiB and a VM of 4 GiB: together 4.75 GiB. */
export function toldOf(all: readonly Judged[]): Told {
  const over = { container: 0, vm: 0 };
  let [findings, unlimited, together] = [0, 0, 0];
  let nearest: Told["nearest"] = null;
  for (const one of all) {
    const { instance, sample } = one;
    if (isOverLimit(one)) over[instance.kind]++;
    if (one.findings.length > 0) findings++;
    const limit = limitOf(instance.kind, sample);
    if (limit !== null) together += limit;
    else if (instance.kind === "container" && sample !== null && sample.gross !== null) unlimited++;
    const share = sample?.memoryUsed ?? null;
    if (limit !== null && share !== null && share > (nearest?.share ?? -1))
      nearest = { name: instance.name, share, limit };
  }
  return { count: all.length, over, findings, unlimited, together, nearest };
}
