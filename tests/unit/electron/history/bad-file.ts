import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { openLedger } from "../../../../electron/history/ledger.ts";
import { openRecording } from "../../../../electron/history/recording.ts";
import { RecordingRefused, refusalLine } from "../../../../electron/history/refused.ts";
import { type Database, openDatabase } from "../../../../electron/history/sqlite.ts";
import { facts, instance, sample, tick } from "./play-source.ts";

export const start = 1_795_500_000_000;
const seconds = 200;

/** A good recording, and a path beside it for a bad one; made before the tests of a file and removed after them. */
export function badFile() {
  const files = { folder: "", good: "", path: "" };
  beforeAll(() => {
    files.folder = mkdtempSync(join(tmpdir(), "tare-hostile-"));
    files.good = join(files.folder, "good.tare");
    files.path = join(files.folder, "bad.tare");
    record(files.good);
  });
  afterAll(() => rmSync(files.folder, { recursive: true, force: true }));
  beforeEach(() => rmSync(files.path, { recursive: true, force: true }));

  return {
    files,
    /** The good recording, changed by somebody with SQLite. */
    changed(change: (database: Database) => void): void {
      copyFileSync(files.good, files.path);
      const database = openDatabase(files.path);
      change(database);
      database.close();
    },
    refused: () => refusalOf(files.path),
  };
}

function record(path: string): void {
  writeFileSync(path, "");
  const ledger = openLedger(path, { tare: "0.1.0", facts });
  const web = instance(0);
  for (let n = 0; n < seconds; n++)
    ledger.take(
      tick(start + n * 1000, {
        whole: n === 0,
        came: n === 0 ? [web] : [],
        samples: new Map([[web.id, sample({ gross: n })]]),
      }),
    );
  ledger.commit();
  ledger.close();
}

/**
 * Opens it, which has to end in a refusal: within 2 s of this process's CPU (the wall clock of a busy machine tells nothing), in 64 MiB,
 * and told in one line of each language.
 */
function refusalOf(path: string): RecordingRefused {
  const memory = process.memoryUsage().rss;
  const began = process.cpuUsage();
  let caught: unknown = null;
  try {
    openRecording(path).close();
  } catch (error) {
    caught = error;
  }
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1e6).toBeLessThan(2);
  expect(process.memoryUsage().rss - memory).toBeLessThan(64 * 2 ** 20);
  expect(caught).toBeInstanceOf(RecordingRefused);
  const refusal = caught as RecordingRefused;
  for (const language of ["en", "ko"] as const) {
    const line = refusalLine(refusal, language);
    expect(line).not.toMatch(/[\n\u202e]/);
    expect(line).toContain("bad.tare");
    expect(line.length).toBeLessThan(300);
  }
  return refusal;
}
