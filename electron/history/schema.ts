import { recordingFormat } from "../../shared/model/recording.ts";
import { frameVersion } from "../../shared/wire/frames.ts";
import type { Database } from "./sqlite.ts";

/** "TARE" in the SQLite header's application id, so that a recording is known before SQLite is asked. */
export const applicationId = 0x54415245;

/**
 * The tables of a recording; docs/recording-format.md tells each column. Their text is compared when a file is
 * opened: what has other tables, views or triggers is none of ours.
 */
const tables: readonly string[] = [
  "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
  "CREATE TABLE tick(at INTEGER PRIMARY KEY, frame BLOB NOT NULL)",
  "CREATE TABLE instance(since INTEGER NOT NULL, slot INTEGER NOT NULL, until INTEGER, json TEXT NOT NULL, PRIMARY KEY(since, slot)) WITHOUT ROWID",
  "CREATE TABLE engines(since INTEGER PRIMARY KEY, json TEXT NOT NULL)",
  "CREATE TABLE event(tick INTEGER NOT NULL, number INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY(tick, number)) WITHOUT ROWID",
  "CREATE TABLE detail(slot INTEGER NOT NULL, at INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY(slot, at)) WITHOUT ROWID",
];

/** Laid with the first race. */
const raceTable = "CREATE TABLE race(id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID";

/** Lays the tables into an empty database. The format and the magic are in the file's first 100 bytes. */
export function layTables(database: Database, meta: ReadonlyMap<string, string>): void {
  database.exec(`PRAGMA application_id=${applicationId}; PRAGMA user_version=${recordingFormat}`);
  database.exec(`BEGIN; ${tables.join("; ")}`);
  database.run("INSERT INTO meta VALUES (?, ?)", "frames", String(frameVersion));
  for (const [key, value] of meta) database.run("INSERT INTO meta VALUES (?, ?)", key, value);
  database.exec("COMMIT");
}

/** What makes room for races, inside a transaction. */
export const layRaces = raceTable;

/** Exactly our tables, word for word, with or without races; null: others. */
export function tablesOf(database: Database): { readonly races: boolean } | null {
  const found = database.all(
    "SELECT CASE WHEN length(sql) < 1000 THEN sql END AS sql FROM sqlite_schema LIMIT 20",
  );
  const races = found.some(({ sql }) => sql === raceTable);
  const ours = races ? [...tables, raceTable] : tables;
  const same = found.length === ours.length && found.every(({ sql }) => ours.includes(String(sql)));
  return same ? { races } : null;
}
