import { closeSync, constants, openSync, rmSync } from "node:fs";
import type { Detail } from "../../shared/model/detail.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { LabTrouble, Race } from "../../shared/model/race.ts";
import type { Tick } from "../../shared/model/tick.ts";
import type { Trouble } from "../../shared/model/trouble.ts";
import type { Millis } from "../../shared/model/units.ts";
import type { Clock } from "../machine/clock.ts";
import type { Source } from "../source.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { troubleOfFile } from "./trouble-of-file.ts";

export type RecordOptions = {
  readonly clock: Clock;
  readonly version: string;
  /** Ends it: the recording is closed and whole. */
  readonly signal: AbortSignal;
  /** Ends it by itself so long after the first tick; null: only `signal` does. */
  readonly for: Millis | null;
  /** Stands in the file instead of this computer's name; null: its own. */
  readonly name: string | null;
  /** Which instances are recorded. */
  readonly keep: (instance: Instance) => boolean;
  /** Races that are kept on this computer, asked for at the end: those that began meanwhile go into the file. */
  readonly races: () => Promise<readonly Race[]>;
  /** The file is made, and everything from now on goes into it. */
  readonly onBegun: () => void;
  /** Everything up to this moment is on the disk. Told after each commit, never before. */
  readonly onSaved: (until: Millis) => void;
  /** Can't be saved now (no room, read-only, a broken disk): told at the first failed commit; null: it works again. */
  readonly onTrouble: (trouble: Trouble | null) => void;
};

export type Recorded = {
  readonly from: Millis | null;
  readonly to: Millis | null;
  readonly ticks: number;
  /** Why the last of it is not in the file; null: everything is. */
  readonly unsaved: Trouble | null;
};

/** One transaction for so much; what happened (an event) is saved at once. */
const batch: Millis = 2_000;
/** How long it waits for somebody to be there: engines take a moment to answer, and nobody wants that moment. */
const longestEmpty: Millis = 3_000;
/** Tried again so soon while it can't be saved. */
const again: Millis = 900;

/**
 * Records a source into a new file until the time is up or `signal` aborts. Throws where the file can't be made: it is made
 * with O_EXCL, so that an existing one is never overwritten and a link never followed. Trouble later on ends nothing: half
 * an hour is kept in memory and tried again every second.
 */
export async function record(path: string, source: Source, options: RecordOptions): Promise<Recorded> {
  const { clock } = options;
  const opened = clock.now();
  const ledger = create(path, source, options);
  options.onBegun();
  const done = new AbortController();
  const stop = () => done.abort();
  options.signal.addEventListener("abort", stop, { once: true });
  if (options.signal.aborted) stop();

  let committed = clock.monotonic();
  let trouble: Trouble | null = null;
  const commit = () => {
    committed = clock.monotonic();
    const before = trouble;
    try {
      const until = ledger.commit();
      trouble = null;
      if (until !== null) options.onSaved(until);
    } catch (error) {
      trouble = troubleOfFile(error, path);
    }
    if (trouble?.code !== before?.code) options.onTrouble(trouble);
  };

  const only = chosen(options.keep);
  const details = rounds(source, clock, (id, detail) => ledger.tellDetail(id, detail));
  let begun = false;
  const lead = waiting(clock);
  const take = (told: Tick) => {
    const kept = begun ? only(told) : lead.until(only(told));
    if (kept === null) return;
    if (!begun && options.for !== null) clock.after(options.for, done.signal).then(stop, () => undefined);
    begun = true;
    ledger.take(kept);
    details(kept);
    const late = (clock.monotonic() - committed) / 1e6 >= (trouble ? again : batch);
    if (late || kept.events.length > 0) commit();
  };

  await new Promise<void>((ended) => {
    if (done.signal.aborted) return ended();
    done.signal.addEventListener("abort", () => ended(), { once: true });
    source.listen(take, done.signal);
  });
  options.signal.removeEventListener("abort", stop);
  if (!begun && lead.last !== null) ledger.take(lead.last);
  // A lab that does not answer costs its races, and nothing else.
  const races = await options.races().catch(() => []);
  for (const race of races) if (race.at >= opened) ledger.tellRace(withoutOutput(race));
  commit();
  ledger.close();
  return { ...ledger.saved(), unsaved: trouble };
}

/** What a workload printed may hold anything: no file of ours shows it to others. */
function withoutOutput(race: Race): Race {
  const silent = (trouble: LabTrouble): LabTrouble => ({ ...trouble, output: [] });
  const trials = race.trials.map((one) => (one.trouble ? { ...one, trouble: silent(one.trouble) } : one));
  return { ...race, pair: [], troubles: race.troubles.map(silent), trials };
}

function create(path: string, source: Source, { name, version }: RecordOptions): Ledger {
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_RDWR | (constants.O_NOFOLLOW ?? 0);
  closeSync(openSync(path, flags, 0o600));
  try {
    const facts = name === null ? source.facts : { ...source.facts, name };
    return openLedger(path, { tare: version, facts });
  } catch (error) {
    for (const end of ["", "-journal", ".owner"]) rmSync(path + end, { force: true });
    throw error;
  }
}

/** Holds a recording up until somebody is there, or for three seconds. */
function waiting(clock: Clock) {
  let since: number | null = null;
  let last: Tick | null = null;
  return {
    /** The newest tick, with what happened so far; null: there was none. */
    get last() {
      return last;
    },
    /** Null while it waits, then the tick that the recording begins with. */
    until(tick: Tick): Tick | null {
      since ??= clock.monotonic();
      // Nobody was told of so far: what this tick tells is all there is, and it stands as a whole one.
      last = { ...tick, whole: true, events: [...(last?.events ?? []), ...tick.events] };
      return tick.came.length > 0 || (clock.monotonic() - since) / 1e6 >= longestEmpty ? last : null;
    },
  };
}

/** Leaves in a tick only the instances that are wanted, and what happened to them or to no instance at all. */
function chosen(keep: (instance: Instance) => boolean): (tick: Tick) => Tick {
  const left = new Set<string>();
  return (tick) => {
    if (tick.whole) left.clear();
    for (const instance of tick.came) {
      if (keep(instance)) left.delete(instance.id);
      else left.add(instance.id);
    }
    if (left.size === 0) return tick;
    const ours = (id: string | null) => id === null || !left.has(id);
    const kept = {
      ...tick,
      came: tick.came.filter(({ id }) => ours(id)),
      went: tick.went.filter(ours),
      events: tick.events.filter(({ instance }) => ours(instance)),
      samples: new Map([...tick.samples].filter(([id]) => ours(id))),
    };
    for (const id of tick.went) left.delete(id);
    return kept;
  };
}

/** Asks for the detail of one instance a tick, of each once a minute: a panel must have something to show in a replay. */
function rounds(
  source: Source,
  clock: Clock,
  tell: (id: string, detail: Detail) => void,
): (tick: Tick) => void {
  const minute = 60e9;
  const asked = new Map<string, number>();
  return (tick) => {
    for (const { id } of tick.came) asked.set(id, asked.get(id) ?? Number.NEGATIVE_INFINITY);
    for (const id of tick.went) asked.delete(id);
    const now = clock.monotonic();
    for (const [id, at] of asked) {
      if (now - at < minute) continue;
      asked.set(id, now);
      void source.detail(id).then(
        (detail) => detail && tell(id, detail),
        () => undefined, // gone meanwhile
      );
      return;
    }
  };
}
