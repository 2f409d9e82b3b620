import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { record } from "../../../../electron/history/recorder.ts";
import { openRecording } from "../../../../electron/history/recording.ts";
import { replay } from "../../../../electron/replay.ts";
import type { Race } from "../../../../shared/model/race.ts";
import { race, tooLate, trial } from "../../../fixtures/race.ts";
import { manualClock } from "../../../manual-clock.ts";
import { badFile, start } from "./bad-file.ts";
import { handSource, instance, tick } from "./play-source.ts";

vi.setConfig({ testTimeout: 60_000 });
const folder = mkdtempSync(join(tmpdir(), "tare-races-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { files, changed, refused } = badFile();

/** A recording of two seconds, at whose end the lab has these races. */
async function recorded(name: string, races: () => Promise<readonly Race[]>): Promise<string> {
  const path = join(folder, name);
  const clock = manualClock(start);
  const source = handSource();
  const stop = new AbortController();
  const ended = record(path, source, {
    clock,
    version: "0.1.0",
    signal: stop.signal,
    for: null,
    name: null,
    keep: () => true,
    races,
    onBegun: () => undefined,
    onSaved: () => undefined,
    onTrouble: () => undefined,
  });
  source.put(tick(start, { whole: true, came: [instance(0)] }));
  await clock.pass(1_000);
  source.put(tick(start + 1_000));
  stop.abort();
  expect(await ended).toMatchObject({ ticks: 2, unsaved: null });
  return path;
}

const formatOf = (path: string) => readFileSync(path).readInt32BE(60);

test("races that began meanwhile are in it, the newest first; what their workloads printed is not", async () => {
  const printed = trial("vm", { spawned: 3 }, { trouble: tooLate });
  const races = [
    { ...race, id: "before", at: start - 1 },
    { ...race, id: "first", at: start + 10, pair: ["qemu:1"], troubles: [tooLate] },
    { ...race, id: "second", at: start + 900, trials: [printed] },
  ];
  const path = await recorded("with.tare", async () => races);
  const stop = new AbortController();
  const source = await replay(path, { clock: manualClock(), signal: stop.signal, sample: false });
  const silent = { ...tooLate, output: [] };
  expect(source.races()).toEqual([
    { ...race, id: "second", at: start + 900, trials: [{ ...printed, trouble: silent }] },
    { ...race, id: "first", at: start + 10, pair: [], troubles: [silent] },
  ]);
  stop.abort();
  expect(formatOf(path)).toBe(3);
});

test("without a race it has no table for them; so it is where the lab does not answer", async () => {
  const none = await recorded("without.tare", async () => [{ ...race, at: start - 1 }]);
  const silent = await recorded("silent.tare", () => Promise.reject(new Error("no lab")));
  for (const path of [none, silent]) {
    expect(formatOf(path)).toBe(3);
    const recording = openRecording(path);
    expect(recording.races).toEqual([]);
    recording.close();
  }
});

test.each([
  ["no race", "{}"],
  ["a race with more in it", JSON.stringify({ ...race, extra: 1 })],
  ["too much", JSON.stringify({ ...race, seed: " ".repeat(600_000) })],
  ["a nest", "[".repeat(100)],
])("a table of races that holds %s is refused", (_, json) => {
  changed((database) => {
    database.exec("CREATE TABLE race(id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID");
    database.run("INSERT INTO race VALUES (?, ?)", "a", json);
  });
  expect(refused().refusal).toBe("corrupt");
});

test("so is one of another shape, and more than two hundred races", () => {
  changed((database) => database.exec("CREATE TABLE race(id TEXT, json TEXT)"));
  expect(refused().refusal).toBe("corrupt");
  rmSync(files.path);
  changed((database) => {
    database.exec("CREATE TABLE race(id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID");
    for (let n = 0; n < 201; n++)
      database.run("INSERT INTO race VALUES (?, ?)", String(n), JSON.stringify({ ...race, trials: [] }));
  });
  expect(refused().refusal).toBe("corrupt");
});
