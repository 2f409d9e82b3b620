import { statSync } from "node:fs";
import type { Sample } from "../../shared/figures.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { Race } from "../../shared/model/race.ts";
import { type Borrowed, borrowed, type GivenBack, givenBack } from "../../shared/race/give-back.ts";
import { openStore, racesFolder } from "../lab/store.ts";
import { dataPath } from "../machine/data-directory.ts";
import type { Source } from "../source.ts";
import type { World } from "./world.ts";

/** An instance as the terminal shows it: what was weighed, with what races know of a VM besides. */
export type Weighed = {
  readonly instance: Instance;
  readonly sample: Sample | null;
  readonly borrowed: Borrowed;
};

/**
 * Completes who is known with what races say, as the page does: those that a recording holds, else those that are kept in the
 * data directory (null: the system's own). They are read from there, and only where a VM runs: the lab is not opened for it,
 * nothing is swept. A file keeps the pair of a Tare that was killed, and a process's number comes again: a pair counts
 * while all of it runs.
 */
export function openRaced(
  source: Pick<Source, "races">,
  directory: string | null,
): (world: Pick<World, "instances">) => readonly Weighed[] {
  const folder = racesFolder(dataPath(directory));
  const store = openStore(folder);
  let known: { readonly stamp: number; readonly races: readonly Race[] } = { stamp: Number.NaN, races: [] };
  /** Each race is renamed into its folder, whose time tells that there is a new one. */
  const kept = () => {
    const stamp = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (stamp !== known.stamp) known = { stamp, races: store.races().races };
    return known.races;
  };
  let told = { of: [] as readonly Race[], pairs: "", back: givenBack([]) };
  const backOf = (of: readonly Race[], pairs: string): GivenBack => {
    // To sum up a race takes thousands of draws.
    if (of !== told.of || pairs !== told.pairs) {
      const whole = new Set(pairs.split(" "));
      told = {
        of,
        pairs,
        back: givenBack(of.map((race) => (whole.has(race.id) ? race : { ...race, pair: [] }))),
      };
    }
    return told.back;
  };
  return (world) => {
    const all = world.instances();
    const vms = all.some(({ instance }) => instance.kind === "vm");
    const races = vms ? (source.races() ?? kept()) : [];
    const running = new Set(
      all.flatMap(({ instance }) => (instance.state === "running" ? [instance.id] : [])),
    );
    const pairs = races.filter(({ pair }) => pair.length > 0 && pair.every((id) => running.has(id)));
    const back = backOf(races, pairs.map(({ id }) => id).join(" "));
    return all.map(({ instance, sample }) => {
      const completed = sample && back.complete(instance, sample);
      return { instance, sample: completed, borrowed: borrowed(sample, completed) };
    });
  };
}
