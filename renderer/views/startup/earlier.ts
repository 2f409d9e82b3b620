import type { Race } from "../../../shared/model/race.ts";
import type { Millis } from "../../../shared/model/units.ts";
import { shortImage } from "../../../shared/race/image-name.ts";
import type { Interval } from "../../../shared/stats/ratio-of-medians.ts";
import type { Words } from "../../../shared/words/words.ts";
import { summarised } from "./summarised.ts";
import { verdictOf } from "./verdict.ts";

/** One race in the list of all. */
export type EarlierRow = {
  readonly race: Race;
  readonly name: string;
  /** How its VM was run, in words; empty: only containers. */
  readonly how: string;
  readonly ratio: Interval | null;
  readonly container: Millis | null;
  readonly vm: Millis | null;
};

/** What people call the subject of a race. Foreign text. */
export function nameOf({ name, wish: { subject } }: Race, words: Words["startup"], full = false): string {
  if (subject.kind === "container" || subject.kind === "domain") return name ?? subject.id;
  if (subject.kind === "builtin") return words.what.builtins[subject.name].name;
  if (subject.kind === "image") return full ? subject.image.replace(/@.*$/, "") : shortImage(subject.image);
  return subject.path.slice(subject.path.lastIndexOf("/") + 1);
}

export function howOf({ wish, environment }: Race, words: Words["startup"]["races"]): string {
  if (!wish.kinds.includes("vm")) return words.containerOnly;
  const { accelerator, boot } = environment;
  const emulated = accelerator?.toLowerCase() === "tcg";
  // A kernel that is booted directly is the usual way: of an emulated VM only what is unusual is said.
  const parts = [
    boot === "disk" || boot === "domain" ? words.boots[boot] : null,
    emulated ? words.emulated : boot === "direct" ? (accelerator?.toUpperCase() ?? null) : null,
    boot === "direct" && !emulated ? words.boots.direct : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

/** All races as rows, in the order given. A ratio that too few runs tell is none. */
export const earlierRows = (races: readonly Race[], words: Words["startup"]): readonly EarlierRow[] =>
  races.map((race) => {
    const summary = summarised(race);
    return {
      race,
      name: nameOf(race, words, true),
      how: howOf(race, words.races),
      ratio: verdictOf(summary) === "too-few" ? null : summary.ratio,
      container: summary.halves.container.median,
      vm: summary.halves.vm.median,
    };
  });

/** Start time against how many instances ran already: medians of races of one subject in at least two different crowds. */
export type BesidePoint = {
  readonly beside: number;
  readonly container: Millis | null;
  readonly vm: Millis | null;
};

/**
 * The points of all races that are like this one: the same subject and size, and VMs that were run in the same way, since
 * an emulated one would only show that it was emulated. None where all of them ran beside as many.
 */
export function besidePoints(race: Race, races: readonly Race[]): readonly BesidePoint[] {
  const alike = likeness(race);
  const points = races.flatMap((one): readonly BesidePoint[] => {
    const { container, vm } = summarised(one).halves;
    if (one.beside === null || (container.median === null && vm.median === null)) return [];
    return likeness(one) === alike
      ? [{ beside: one.beside, container: container.median, vm: vm.median }]
      : [];
  });
  return new Set(points.map(({ beside }) => beside)).size < 2 ? [] : points;
}

const likeness = ({ wish: { subject, memory, cpus }, environment: { accelerator, boot } }: Race): string =>
  JSON.stringify([subject, memory, cpus, accelerator, boot]);
