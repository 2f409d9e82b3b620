import type * as z from "zod/mini";
import type { Detail } from "../../shared/model/detail.ts";
import type { Event } from "../../shared/model/event.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { Race } from "../../shared/model/race.ts";
import { raceSchema } from "../../shared/model/race-schema.ts";
import { detailSchema } from "../../shared/model/recorded-detail.ts";
import {
  bounds,
  eventSchema,
  factsSchema,
  figuresSchema,
  instanceSchema,
  parseRecorded,
  type RecordingHeader,
  statusesSchema,
} from "../../shared/model/recording.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import type { Millis } from "../../shared/model/units.ts";
import type { Frame } from "../../shared/wire/frames.ts";
import { frameReader } from "./frame-reader.ts";
import { copyRecording } from "./private-copy.ts";
import { RecordingRefused } from "./refused.ts";
import { tablesOf } from "./schema.ts";
import { type Database, openDatabase, type Row, type Value } from "./sqlite.ts";

/** A stretch in which an instance had these facts. `until` null: to the end. */
export type Stay = { readonly since: Millis; readonly until: Millis | null; readonly instance: Instance };

/** An opened recording. Every method throws a RecordingRefused where the file turns out to be damaged. */
export type Recording = {
  readonly header: RecordingHeader;
  readonly from: Millis;
  readonly to: Millis;
  /** In the order in which they came. */
  readonly stays: readonly Stay[];
  /** The newest first. */
  readonly races: readonly Race[];
  /** The tick after `at`; null: that was the last. */
  after(at: Millis): Frame | null;
  /** The tick at `at` or the last before it; null: there is none. */
  upTo(at: Millis): Frame | null;
  /** What happened after `since`, up to and with `until`, oldest first. */
  events(since: Millis, until: Millis): readonly Event[];
  /** How the engines did at `at`. */
  engines(at: Millis): readonly EngineStatus[];
  /** What was known of one at `at`: the newest detail before it, else the first after it. */
  detail(slot: number, at: Millis): Detail | null;
  close(): void;
};

/** Unpacked bytes that are looked at before the first tick is played: an hour of twenty instances. Later ones when their turn comes. */
const lookedAt = 24 * 1024 * 1024;

const frameColumn = `CASE WHEN typeof(frame) = 'blob' AND length(frame) <= ${bounds.frame} THEN frame END AS frame`;
const jsonColumn = `CASE WHEN typeof(json) = 'text' AND octet_length(json) <= ${bounds.json} THEN json END AS json`;
const raceColumn = `CASE WHEN typeof(json) = 'text' AND octet_length(json) <= ${bounds.raceJson} THEN json END AS json`;

/**
 * Opens a recording that anybody may have made. Its size, format, tables, counts, all of its JSON and the first frames are
 * checked before this returns; throws a RecordingRefused that says in one line what is wrong. Bounds: model/recording.ts.
 */
export function openRecording(path: string): Recording {
  const copy = copyRecording(path);
  let database: Database | null = null;
  try {
    database = openDatabase(copy.path);
    // In exclusive mode the first read takes the lock for good: from here on nothing needs the copy's name any more.
    database.get("SELECT count(*) AS n FROM sqlite_schema");
    if (process.platform !== "win32") copy.remove();
    return reading(path, database, copy.remove);
  } catch (error) {
    try {
      database?.close();
    } finally {
      copy.remove();
    }
    throw refused(path, error);
  }
}

const refused = (path: string, error: unknown) =>
  error instanceof RecordingRefused
    ? error
    : new RecordingRefused("corrupt", path, error instanceof Error ? error.message : String(error), error);

function reading(path: string, database: Database, removed: () => void): Recording {
  const wrong = (what: string) => new RecordingRefused("corrupt", path, what);
  /** Everything that reads on behalf of the player fails in one way. */
  const guarded = <Result>(read: () => Result): Result => {
    try {
      return read();
    } catch (error) {
      throw refused(path, error);
    }
  };
  const parsed = <Value>(schema: z.ZodMiniType<Value>, text: unknown, what: string): Value => {
    if (typeof text !== "string") throw wrong(what);
    const result = schema.safeParse(parseRecorded(text));
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw wrong(`${what}: ${[...(issue?.path ?? []), issue?.message].join(" ")}`);
  };
  /** Rows of a table, refused where there are more, or their texts longer, than a reader holds. */
  const count = (table: string, column: string, most: number, mostBytes: number) => {
    const found = database.get(
      `SELECT count(*) AS n, total(bytes) AS bytes FROM (SELECT octet_length(${column}) AS bytes FROM ${table} LIMIT ${most + 1})`,
    );
    const n = Number(found?.n);
    if (!(n <= most)) throw wrong(`${table}: more than ${most}`);
    if (!(Number(found?.bytes) <= mostBytes)) throw wrong(`${table}: more than ${mostBytes} bytes`);
    return n;
  };
  const moment = (value: Value | undefined, what: string): Millis => {
    if (typeof value !== "number" || !Number.isSafeInteger(value)) throw wrong(what);
    return value;
  };
  const tables = tablesOf(database);
  if (!tables) throw wrong("other tables");
  const meta = (key: string) =>
    database.get(
      "SELECT CASE WHEN octet_length(value) <= 65536 THEN value END AS value FROM meta WHERE key = ?",
      key,
    )?.value;
  const header: RecordingHeader = {
    tare: String(meta("tare") ?? "").slice(0, 32),
    facts: parsed(factsSchema, meta("facts"), "facts"),
    figures: parsed(figuresSchema, meta("figures"), "figures"),
  };

  count("event", "json", bounds.events, bounds.jsonOfTable);
  count("engines", "json", bounds.statuses, bounds.jsonOfTable);
  count("detail", "json", bounds.details, bounds.jsonOfTable);
  count("instance", "json", bounds.instances, bounds.jsonOfTable);
  if (tables.races) count("race", "json", bounds.races, bounds.jsonOfTable);
  if (count("tick", "frame", bounds.ticks, bounds.file) === 0) throw new RecordingRefused("empty", path);
  const ends = database.get("SELECT min(at) AS first, max(at) AS last FROM tick");
  const from = moment(ends?.first, "tick");
  const to = moment(ends?.last, "tick");

  const stays: Stay[] = [];
  for (const row of database.each(
    `SELECT since, until, slot, ${jsonColumn} FROM instance ORDER BY since, slot`,
  )) {
    const instance = parsed(instanceSchema, row.json, "instance");
    if (instance.slot !== row.slot) throw wrong("instance: slot");
    const until = row.until === null ? null : moment(row.until, "instance: until");
    stays.push({ since: moment(row.since, "instance: since"), until, instance });
  }
  /** Looks at every text of a table once. */
  const look = (table: string, schema: z.ZodMiniType<unknown>) => {
    for (const { json } of database.each(`SELECT ${jsonColumn} FROM ${table}`)) parsed(schema, json, table);
  };
  look("event", eventSchema);
  look("engines", statusesSchema);
  look("detail", detailSchema);

  const races = tables.races
    ? database
        .all(`SELECT ${raceColumn} FROM race`)
        .map(({ json }) => parsed(raceSchema, json, "race"))
        .sort((one, other) => other.at - one.at)
    : [];

  const readFrame = frameReader(header.figures, wrong);
  const frame = (row: Row): { readonly frame: Frame; readonly unpacked: number } => {
    const read = readFrame(row.frame ?? null);
    if (read.frame.at !== row.at) throw wrong("tick: at");
    return read;
  };
  let unpacked = 0;
  for (const row of database.each(`SELECT at, ${frameColumn} FROM tick ORDER BY at`)) {
    unpacked += frame(row).unpacked;
    if (unpacked > lookedAt) break;
  }
  /** The same array while nothing changed: whoever sends it compares by identity. */
  let statuses: { since: Value; list: readonly EngineStatus[] } = { since: null, list: [] };

  return {
    header,
    from,
    to,
    stays,
    races,
    after: (at) =>
      guarded(() => {
        const row = database.get(`SELECT at, ${frameColumn} FROM tick WHERE at > ? ORDER BY at LIMIT 1`, at);
        // A damaged tree could lead back: time only goes forwards.
        if (row && !(Number(row.at) > at)) throw wrong("tick: order");
        return row && frame(row).frame;
      }),
    upTo: (at) =>
      guarded(() => {
        const row = database.get(
          `SELECT at, ${frameColumn} FROM tick WHERE at <= ? ORDER BY at DESC LIMIT 1`,
          at,
        );
        return row && frame(row).frame;
      }),
    events: (since, until) =>
      guarded(() =>
        database
          .all(
            `SELECT ${jsonColumn} FROM event WHERE tick > ? AND tick <= ? ORDER BY tick, number`,
            since,
            until,
          )
          .map(({ json }) => parsed(eventSchema, json, "event")),
      ),
    engines: (at) =>
      guarded(() => {
        const since =
          database.get("SELECT max(since) AS since FROM engines WHERE since <= ?", at)?.since ?? null;
        if (since === statuses.since) return statuses.list;
        const row = database.get(`SELECT ${jsonColumn} FROM engines WHERE since = ?`, since);
        statuses = { since, list: row ? parsed(statusesSchema, row.json, "engines") : [] };
        return statuses.list;
      }),
    detail: (slot, at) =>
      guarded(() => {
        const row =
          database.get(
            `SELECT ${jsonColumn} FROM detail WHERE slot = ? AND at <= ? ORDER BY at DESC LIMIT 1`,
            slot,
            at,
          ) ?? database.get(`SELECT ${jsonColumn} FROM detail WHERE slot = ? ORDER BY at LIMIT 1`, slot);
        return row ? parsed(detailSchema, row.json, "detail") : null;
      }),
    close() {
      database.close();
      removed();
    },
  };
}
