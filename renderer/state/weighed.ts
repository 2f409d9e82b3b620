import type { Sample } from "../../shared/figures.ts";
import type { Instance, Kind } from "../../shared/model/instance.ts";
import type { Bytes } from "../../shared/model/units.ts";

/** An instance with what it weighs now; `missed`: frames since it was weighed last. */
export type Weighed = {
  readonly instance: Instance;
  readonly sample: Sample | null;
  readonly missed: number;
};

const alive: ReadonlySet<Instance["state"]> = new Set(["running", "paused", "restarting", "stopping"]);
export const isAlive = ({ state }: Instance): boolean => alive.has(state);

/** Frames without a figure after which a row is drawn hollow. */
export const hollowAfter = 4;
export const isHollow = ({ instance, sample, missed }: Weighed): boolean =>
  sample !== null && isAlive(instance) && missed >= hollowAfter;

/** Frames in which an instance without a figure is still being read, and not one that can't be. */
export const firstFrames = 8;

/** Plain system services are groups that no engine explains; they are here only when they are asked for. */
export const isService = ({ engine }: Instance): boolean => engine === "cgroup";

/** From this many rows on, projects are what is read. */
export const manyRows = 100;

const collator = new Intl.Collator("en", { numeric: true });
/** "web-2" before "web-10". One collator for all: making one a comparison costs more than the whole page. */
export const compareNames = (a: string, b: string): number => collator.compare(a, b);

/** The line of a bar: a container's memory limit; a VM's size or, where it is smaller, the limit around it. */
export function limitOf(kind: Kind, sample: Sample | null): Bytes | null {
  if (sample === null) return null;
  if (kind === "container") return sample.memoryLimit;
  const known = [sample.configured, sample.memoryLimit].filter((one) => one !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/**
 * At its limit: what can kill it (page cache gives way first) reaches 99 % of the limit; where that is not known, the
 * working set. A VM's size is a ceiling that it may fill without harm, so a VM is never over it.
 */
export function isOver(kind: Kind, sample: Sample | null): boolean {
  const limit = sample?.memoryLimit ?? null;
  if (kind === "vm" || sample === null || limit === null) return false;
  const against = sample.killable ?? sample.workingSet;
  return against !== null && against >= 0.99 * limit;
}

/** Throttled so much that it is called so: over 5 % of its periods. */
export const isThrottled = (sample: Sample | null): boolean => (sample?.throttledShare ?? 0) > 0.05;

/** The search looks at name, image, project and id, without case; every word must be found. */
export function isFound({ name, image, group, id }: Instance, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${name} ${image ?? ""} ${group ?? ""} ${id}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
