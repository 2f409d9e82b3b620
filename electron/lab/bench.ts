import type { LabTrouble, Probe, Race, Wish } from "../../shared/model/race.ts";
import { nameOf } from "../../shared/race/in-words.ts";
import type { Handlers } from "../../shared/wire/calls.ts";
import type { Clock } from "../machine/clock.ts";
import { dataDirectory } from "../machine/data-directory.ts";
import { parseImage } from "./docker-answers.ts";
import { findLabDaemon, type LabDaemon } from "./docker-daemon.ts";
import { labParts } from "./doctor.ts";
import { labTroubleOf } from "./half.ts";
import { isPrepared } from "./image/image-store.ts";
import { sweepLeftovers } from "./leftovers.ts";
import { openNews } from "./news.ts";
import { type Notes, openNotes } from "./notes.ts";
import { type Plan, planOf } from "./plan.ts";
import { plannedRace, prepare, type Surroundings } from "./prepare.ts";
import { type Kept, runRace } from "./race.ts";
import { openStore, racesFolder, type Skipped } from "./store.ts";
import { LabFailure } from "./trial.ts";

export type LabOptions = {
  /** Where Tare keeps its files; null: the system's own place. */
  readonly directory: string | null;
  readonly clock: Clock;
  /** The computer that it races on. */
  readonly host: Surroundings["host"];
  /** How many instances run now; null: not known. */
  readonly beside: () => number | null;
  /** The kernel that the user chose for guests, as it is set now; null: the newest that can be read. */
  readonly kernel: () => string | null;
};

/** The lab as the page and the terminal ask for it. */
export type Lab = Pick<
  Handlers,
  "lab" | "images" | "startRace" | "stopRace" | "raceNews" | "races" | "stopPair"
> & {
  /** What an image is best waited for: the least port that it exposes, else its HEALTHCHECK, else its end. */
  probeOf(image: string): Promise<{ readonly probe: Probe } | { readonly trouble: LabTrouble }>;
  /** Kept races that can't be shown. */
  skipped(): Promise<readonly Skipped[]>;
  /** Ends what is on, and resolves when nothing of it is left. */
  close(): Promise<void>;
};

/** A race that is on: from the wish to its result on the disk. */
type On = { readonly name: string; readonly stop: AbortController; over: Promise<void> };
/** What a race left running, and the daemon that has to stay open for it. */
type Pair = { readonly race: Race; readonly kept: readonly Kept[]; readonly daemon: LabDaemon | null };

/**
 * The lab with all its parts, as lab.ts loads it with the first call. Takes away first what a killed Tare left behind. What
 * `ending` ends are questions; a race and what it left running end by `close`.
 */
export async function openBench(options: LabOptions, ending: AbortSignal): Promise<Lab> {
  const { clock, host, beside, kernel } = options;
  const directory = dataDirectory(options.directory);
  const store = openStore(racesFolder(directory));
  const news = openNews(clock, ending);
  let notes: Notes | null = null;
  let on: On | null = null;
  let pair: Pair | null = null;
  /** Races that the disk did not take. */
  const unwritten = new Map<string, Race>();

  await sweepLeftovers(directory, ending);

  const withDocker = async <Result>(use: (daemon: LabDaemon) => Promise<Result>): Promise<Result> => {
    const daemon = await findLabDaemon(ending);
    try {
      return await use(daemon);
    } finally {
      daemon.close();
    }
  };

  const keep = (race: Race): Race => {
    try {
      store.keep(race);
      return race;
    } catch (error) {
      const told = { ...race, troubles: [...race.troubles, labTroubleOf(error, directory)] };
      unwritten.set(race.id, told);
      return told;
    }
  };

  /** From a plan to the end of its race. Never rejects. */
  const run = async (planned: Race, plan: Plan, daemon: LabDaemon | null, { signal }: AbortController) => {
    const prepared = await prepare(planned, plan, daemon, signal);
    const { starters, troubles, name } = prepared;
    const ready: Race = { ...planned, name, troubles, environment: prepared.environment() };
    const { race, kept } = await runRace(ready, starters, { clock, signal, tell: news.tell });
    prepared.release();
    const over: Race = { ...race, environment: prepared.environment() };
    // Stopped before anything was measured: there is nothing to look at later.
    const told = over.state === "stopped" && over.trials.length === 0 ? over : keep(over);
    if (kept.length > 0) pair = { race: told, kept, daemon };
    else daemon?.close();
    on = null;
    news.tell({ race: told, doing: null, left: null });
    news.end();
  };

  const begin = async (wish: Wish, current: On): Promise<Race> => {
    const { signal } = current.stop;
    if (isOwn(wish) && !wish.agreed) throw new LabFailure({ code: "not-agreed", where: current.name });
    if (wish.keep) await stopPair();
    let daemon: LabDaemon | null = null;
    const docker = async () => {
      daemon ??= await findLabDaemon(signal);
      return daemon;
    };
    try {
      notes ??= openNotes(directory);
      const plan = await planOf(wish, { directory, notes, docker, kernel: kernel() }, signal);
      const race = plannedRace(wish, plan, { at: clock.now(), host, beside: beside() });
      news.tell({ race, doing: null, left: null });
      current.over = run(race, plan, daemon, current.stop);
      return race;
    } catch (error) {
      (daemon as LabDaemon | null)?.close();
      throw error;
    }
  };

  const stopPair = async (): Promise<null> => {
    if (pair === null) return null;
    const { race, kept, daemon } = pair;
    pair = null;
    await Promise.allSettled(kept.map((box) => box.stop()));
    daemon?.close();
    keep({ ...race, pair: [] });
    return null;
  };

  const stopRace = async (): Promise<null> => {
    on?.stop.abort(new LabFailure({ code: "stopped", where: on.name }));
    await on?.over;
    return null;
  };

  return {
    lab: async () => ({ parts: await labParts({ directory, kernel: kernel() }, ending) }),
    images: () =>
      withDocker(async ({ docker }) =>
        (await docker.images(ending)).map((image) => ({
          ...image,
          prepared: isPrepared(directory, image.digest),
        })),
      ),
    async startRace(wish) {
      const name = nameOf({ name: null, wish });
      if (on !== null) return { trouble: new LabFailure({ code: "busy", where: on.name }).trouble };
      on = { name, stop: new AbortController(), over: Promise.resolve() };
      try {
        return { id: (await begin(wish, on)).id };
      } catch (error) {
        on = null;
        return { trouble: labTroubleOf(error, name) };
      }
    },
    stopRace,
    raceNews: ({ after }) => news.next(after),
    races: () =>
      [...unwritten.values(), ...store.races().races.filter(({ id }) => !unwritten.has(id))]
        // Whose pair is not in our hands is gone, or another Tare's to stop.
        .map((race) => (race.pair.length > 0 && race.id !== pair?.race.id ? { ...race, pair: [] } : race))
        .sort((one, other) => other.at - one.at),
    stopPair,
    async probeOf(image) {
      try {
        const facts = await withDocker(async ({ docker }) => parseImage(await docker.image(image, ending)));
        if (facts !== null && facts.port !== null) return { probe: { kind: "port", port: facts.port } };
        return { probe: { kind: facts?.health ? "health" : "exit" } };
      } catch (error) {
        return { trouble: labTroubleOf(error, image) };
      }
    },
    skipped: async () => store.races().skipped,
    async close() {
      await stopRace();
      await stopPair();
      notes?.close();
    },
  };
}

const isOwn = ({ subject }: Wish): boolean =>
  subject.kind === "container" || subject.kind === "domain" || subject.kind === "disk";
