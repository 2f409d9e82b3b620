import { lstatSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { figureNames } from "../../shared/figures.ts";
import type { Detail } from "../../shared/model/detail.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { Race } from "../../shared/model/race.ts";
import { bounds, type RecordingHeader } from "../../shared/model/recording.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import type { Tick } from "../../shared/model/tick.ts";
import type { Millis } from "../../shared/model/units.ts";
import { encodeFrame } from "../../shared/wire/frames.ts";
import { layRaces, layTables } from "./schema.ts";
import { type Database, openDatabase, type Value } from "./sqlite.ts";

/** Statements of one tick, ready to run: kept until a commit that held them returned. */
type Step = {
  readonly at: Millis;
  frame: Uint8Array | null;
  readonly rows: (readonly [string, ...Value[]])[];
};

/** The file of a recording that is being made. One transaction a commit; what is not committed stays in memory. */
export type Ledger = {
  /** `tick.came` holds everything in a whole tick, and only then ends what it does not name. */
  take(tick: Tick): void;
  /** What the panel of an instance would show at the last tick. */
  tellDetail(id: string, detail: Detail): void;
  /** A race that ended meanwhile; written with the next commit, in place of an earlier state of it. */
  tellRace(race: Race): void;
  /**
   * Writes all that was taken; gives the moment up to which everything is on the disk, null where there is nothing yet.
   * Throws what SQLite says; everything is then kept for the next try.
   */
  commit(): Millis | null;
  saved(): { readonly from: Millis | null; readonly to: Millis | null; readonly ticks: number };
  /** Drops what was not committed. */
  close(): void;
};

/** Half an hour of ticks; beyond it the oldest figures are dropped, who came, went and what happened is not. */
const mostFrames = 1_800;
const mostSteps = 4 * mostFrames;
const mostDetails = 100;

const insertFrame = "INSERT INTO tick VALUES (?, ?)";
const insertInstance = "INSERT OR REPLACE INTO instance VALUES (?, ?, NULL, ?)";
const endInstance = "UPDATE instance SET until = ? WHERE slot = ? AND until IS NULL";
const insertEngines = "INSERT INTO engines VALUES (?, ?)";
const insertEvent = "INSERT INTO event VALUES (?, ?, ?)";
const insertRace = "INSERT OR REPLACE INTO race VALUES (?, ?)";
const insertDetail = "INSERT OR REPLACE INTO detail VALUES (?, ?, ?)";

/** Lays a new recording into the empty file at `path`, which is on the disk when this returns. */
export function openLedger(path: string, header: Omit<RecordingHeader, "figures">): Ledger {
  const inode = lstatSync(path).ino;
  let database: Database | null = reopen(path);
  const meta = {
    tare: header.tare,
    facts: JSON.stringify(header.facts),
    figures: JSON.stringify(figureNames),
  };
  try {
    layTables(database, new Map(Object.entries(meta)));
  } catch (error) {
    close(database);
    throw error;
  }

  let steps: Step[] = [];
  let frames = 0;
  /** Told since the last tick, written with the next one. */
  let details: Step["rows"] = [];
  let detailBytes = 0;
  /** Slots of which a detail stands in the file: those without one have the last room. */
  const known = new Set<number>();
  let races = new Map<string, string>();
  let hasRaces = false;
  let now: Millis = 0;
  const slots = new Map<string, number>();
  let engines: readonly EngineStatus[] | null = null;
  let statuses = "";
  const time = forwards();
  let from: Millis | null = null;
  let to: Millis | null = null;
  let ticks = 0;

  const write = (open: Database) => {
    open.exec("BEGIN IMMEDIATE");
    for (const { at, frame, rows } of steps) {
      for (const [sql, ...values] of rows) open.run(sql, ...values);
      if (frame) open.run(insertFrame, at, frame);
    }
    if (races.size > 0 && !hasRaces) open.exec(layRaces);
    for (const [id, json] of races) open.run(insertRace, id, json);
    open.exec("COMMIT");
  };

  return {
    take(tick) {
      const at = time(tick.at);
      now = at;
      const came = new Map(tick.came.map((instance) => [instance.id, instance]));
      const went = tick.whole ? [...slots.keys()].filter((id) => !came.has(id)) : tick.went;
      const step: Step = { at, frame: pack(frameOf(tick, at, slots, came)), rows: details };
      details = [];
      for (const id of [...went, ...came.keys()]) {
        const slot = slots.get(id);
        if (slot !== undefined) step.rows.push([endInstance, at, slot]);
        slots.delete(id);
      }
      for (const instance of came.values()) {
        step.rows.push([insertInstance, at, instance.slot, JSON.stringify(instance)]);
        slots.set(instance.id, instance.slot);
      }
      const told = tick.engines === engines ? statuses : withoutWaiting(tick.engines);
      if (told !== statuses) step.rows.push([insertEngines, at, told]);
      engines = tick.engines;
      statuses = told;
      for (const [number, event] of tick.events.entries())
        step.rows.push([insertEvent, at, number, JSON.stringify(event)]);
      steps.push(step);
      frames++;
      if (frames > mostFrames) {
        const oldest = steps.find(({ frame }) => frame !== null);
        if (oldest) oldest.frame = null;
        frames--;
      }
      if (steps.length > mostSteps) steps.shift();
    },
    tellDetail(id, detail) {
      const slot = slots.get(id);
      const json = JSON.stringify(detail);
      if (slot === undefined || json.length > bounds.json / 4 || details.length >= mostDetails) return;
      // What a reader would refuse is not written: a panel then shows what was known last.
      const first = !known.has(slot);
      const size = Buffer.byteLength(json);
      if (detailBytes + size > (first ? 0.95 : 0.75) * bounds.jsonOfTable) return;
      known.add(slot);
      detailBytes += size;
      details.push([insertDetail, slot, now, json]);
    },
    tellRace(race) {
      const json = JSON.stringify(race);
      if (json.length <= bounds.raceJson / 4 && races.size < bounds.races) races.set(race.id, json);
    },
    commit() {
      if (steps.length === 0 && races.size === 0) return to;
      if (lstatSync(path).ino !== inode)
        throw Object.assign(new Error("another file stands there now"), { code: "ENOENT", path });
      try {
        database ??= reopen(path);
        write(database);
      } catch (error) {
        // Closing rolls back; a journal that could not be played back is, when it is opened again.
        if (database) close(database);
        database = null;
        throw error;
      }
      const written = steps.filter(({ frame }) => frame !== null);
      from ??= written[0]?.at ?? null;
      to = steps.at(-1)?.at ?? to;
      ticks += written.length;
      steps = [];
      frames = 0;
      hasRaces ||= races.size > 0;
      races = new Map();
      return to;
    },
    saved: () => ({ from, to, ticks }),
    close() {
      if (!database) return;
      try {
        // Takes the journal's file away.
        database.exec("PRAGMA journal_mode=DELETE");
      } finally {
        close(database);
        database = null;
      }
    },
  };
}

function reopen(path: string): Database {
  const database = openDatabase(path);
  try {
    database.exec("PRAGMA journal_mode=TRUNCATE");
    return database;
  } catch (error) {
    close(database);
    throw error;
  }
}

function close(database: Database): void {
  try {
    database.close();
  } catch {
    // A failed disk: the descriptor is gone all the same, and the next opening says what is wrong.
  }
}

/** The recorded clock never goes back: where the wall clock was set back, the recording goes on a second later. */
function forwards(): (at: Millis) => Millis {
  let shift = 0;
  let last = Number.NEGATIVE_INFINITY;
  return (wall) => {
    if (Math.round(wall) + shift <= last) shift = last + 1_000 - Math.round(wall);
    last = Math.round(wall) + shift;
    return last;
  };
}

function frameOf(
  tick: Tick,
  at: Millis,
  slots: ReadonlyMap<string, number>,
  came: ReadonlyMap<string, Instance>,
): Uint8Array {
  const rows = new Map(
    [...tick.samples].flatMap(([id, sample]) => {
      const slot = came.get(id)?.slot ?? slots.get(id);
      return slot === undefined ? [] : [[slot, sample] as const];
    }),
  );
  const { host, self } = tick;
  const nothing = { came: [], went: [], events: [], engines: null, facts: null, replay: null };
  return encodeFrame({ sequence: 0, at, whole: false, host, self, rows, ...nothing });
}

/** Statuses as they are kept: when an engine is tried again changes every two seconds, and says nothing in a replay. */
const withoutWaiting = (engines: readonly EngineStatus[]): string =>
  JSON.stringify(engines.map((status) => ({ ...status, nextTry: null })));

/** Deflated, yet never more than a reader accepts: rows of nothing but unknowns would shrink more than a hundredfold. */
function pack(frame: Uint8Array): Uint8Array {
  const packed = deflateSync(frame, { level: 6 });
  return packed.length * bounds.ratio > frame.length ? packed : deflateSync(frame, { level: 0 });
}
