import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type RecordOptions, record } from "../../../../electron/history/recorder.ts";
import { openRecording } from "../../../../electron/history/recording.ts";
import { openDatabase } from "../../../../electron/history/sqlite.ts";
import { replay } from "../../../../electron/replay.ts";
import type { Tick } from "../../../../shared/model/tick.ts";
import { manualClock } from "../../../manual-clock.ts";
import { detail, facts, handSource, instance, ready, sample, tick } from "./play-source.ts";

// Real files and SQLite: seconds, where other work has the machine.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-files-"));
  path = join(folder, "out.tare");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const second = 1_000;
const start = 1_795_500_000_000;

/** Puts ticks into a recording, a second apart, and closes it. */
async function recorded(ticks: readonly Tick[], change: Partial<RecordOptions> = {}) {
  const clock = manualClock(start);
  const source = handSource();
  const stop = new AbortController();
  const saved: number[] = [];
  const ended = record(path, source, {
    clock,
    version: "0.1.0",
    signal: stop.signal,
    for: null,
    name: null,
    keep: () => true,
    races: async () => [],
    onBegun: () => undefined,
    onSaved: (until) => saved.push(until),
    onTrouble: () => undefined,
    ...change,
  });
  for (const one of ticks) {
    source.put(one);
    await clock.pass(second);
  }
  stop.abort();
  return { ...(await ended), saved };
}

/** Plays the file from its start to its end; every tick that a listener gets. */
async function played(sampleFile = false): Promise<readonly Tick[]> {
  const clock = manualClock();
  const stop = new AbortController();
  const source = await replay(path, { clock, signal: stop.signal, sample: sampleFile });
  const got: Tick[] = [];
  source.listen((one) => got.push(one), stop.signal);
  await clock.pass(60 * second);
  stop.abort();
  await clock.pass(0);
  return got;
}

const [web, db] = [
  instance(0, { name: "웹 <b>", bounds: { ancestors: { memory: "/shop.slice" }, without: ["io"] } }),
  instance(1),
];
const life: readonly Tick[] = [
  tick(start, {
    whole: true,
    came: [web, db],
    samples: new Map([[web.id, sample({ gross: 0, cores: 0.25 })]]),
  }),
  tick(start + 1_000, {
    samples: new Map([
      [web.id, sample({ gross: 4096, cores: null, limitHits: 3 })],
      [db.id, sample({ gross: 2 ** 40 })],
    ]),
    events: [{ at: start + 400, kind: "oom-kill", instance: db.id, detail: "137" }],
  }),
  tick(start + 2_003, { went: [db.id], came: [{ ...web, name: "renamed" }] }),
  tick(start + 3_000, {
    came: [instance(2, { id: db.id })],
    engines: [],
    samples: new Map([[db.id, sample({})]]),
  }),
];

describe("what was recorded is what is played", () => {
  test("tick by tick: who came and went, figures, events, statuses, the host", async () => {
    const { ticks, from, to } = await recorded(life);
    expect({ ticks, from, to }).toEqual({ ticks: 4, from: start, to: start + 3_000 });
    const got = await played();
    const state = { name: "out.tare", from: start, to: start + 3_000, speed: 1, sample: false };
    expect(got.slice(0, 4)).toEqual(
      life.map((one) => ({ ...one, replay: { ...state, position: one.at, playing: true } })),
    );
    // Its end: everything that exists, standing still.
    expect(got.slice(4)).toMatchObject([{ whole: true, at: start + 3_000, replay: { playing: false } }]);
    expect(got[4]?.came.map(({ id, slot }) => [id, slot])).toEqual([
      [web.id, 0],
      [db.id, 2],
    ]);
  });

  test("the host's facts, the maker and the name that was asked for", async () => {
    await recorded(life, { name: "sample" });
    const { header, close } = openRecording(path);
    expect(header).toMatchObject({ tare: "0.1.0", facts: { ...facts, name: "sample" } });
    expect(readFileSync(path).includes("somewhere")).toBe(false);
    close();
  });

  test("the panel of each instance, as it was looked up", async () => {
    await recorded(life);
    const recording = openRecording(path);
    expect(recording.detail(0, start)).toEqual(detail);
    expect(recording.detail(9, start)).toBeNull();
    recording.close();
  });

  test("only the instances that were wanted, and what happened to them", async () => {
    await recorded(life, { keep: ({ name }) => name !== "n1" && name !== "n2" });
    const recording = openRecording(path);
    expect(recording.stays.map(({ instance: { name } }) => name)).toEqual(["웹 <b>", "renamed"]);
    expect(recording.events(start, start + 1_000)).toEqual([]);
    expect([...(recording.upTo(start + 1_000)?.rows.keys() ?? [])]).toEqual([0]);
    recording.close();
  });

  test("a wall clock that is set back: recorded time goes on", async () => {
    await recorded([
      tick(start, { whole: true, came: [web] }),
      tick(start - 3_600_000),
      tick(start - 3_599_000),
    ]);
    expect((await played()).map(({ at }) => at - start).slice(0, 3)).toEqual([0, 1_000, 2_000]);
  });

  test("statuses once for each change, and not for each try of an engine that is not there", async () => {
    const tries = [1, 2, 3].map((nextTry) => ready.map((one) => ({ ...one, nextTry })));
    await recorded([
      tick(start, { whole: true, came: [web] }),
      ...tries.map((engines, n) => tick(start + (n + 1) * second, { engines })),
    ]);
    const database = openDatabase(path);
    expect(database.all("SELECT since FROM engines")).toEqual([{ since: start }]);
    database.close();
  });

  test("rows of nothing but unknowns stay within the ratio that a reader accepts", async () => {
    const many = Array.from({ length: 2_000 }, (_, slot) => instance(slot));
    const samples = new Map(many.map(({ id }) => [id, sample({})]));
    await recorded([tick(start, { whole: true, came: many, samples })]);
    expect((await played())[0]?.samples.size).toBe(2_000);
  });
});

/** `length` ticks a second apart; from the first one on somebody is there. */
const peopled = (length: number): Tick[] =>
  Array.from({ length }, (_, n) => tick(start + n * second, n === 0 ? { whole: true, came: [web] } : {}));

describe("an empty beginning", () => {
  test("is not recorded: it begins with the first instance, and with what was told before it", async () => {
    const told = { at: start, kind: "engine-back", instance: null, detail: "docker" } as const;
    await recorded([
      tick(start, { whole: true, engines: [] }),
      tick(start + second, { events: [told] }),
      tick(start + 2 * second, { came: [web], samples: new Map([[web.id, sample({ gross: 7 })]]) }),
      tick(start + 3 * second),
    ]);
    const recording = openRecording(path);
    expect([recording.from, recording.to]).toEqual([start + 2 * second, start + 3 * second]);
    expect(recording.stays.map(({ since }) => since)).toEqual([start + 2 * second]);
    expect(recording.events(start, recording.to)).toEqual([told]);
    recording.close();
  });

  test("is one after three seconds: nothing at all runs here, and that is what was asked for", async () => {
    await recorded([0, 1, 2, 3, 4].map((n) => tick(start + n * second, { whole: n === 0 })));
    const recording = openRecording(path);
    expect(recording.from).toBe(start + 3 * second);
    recording.close();
  });

  test("that ends before: its last second is there, and can be played", async () => {
    await recorded([tick(start, { whole: true }), tick(start + second)]);
    expect((await played()).map(({ at }) => at - start)).toEqual([second, second]);
  });
});

describe("saved means saved", () => {
  test("every two seconds, and at once where something happened", async () => {
    const ticks = peopled(7);
    ticks[3] = {
      ...tick(start + 3 * second),
      events: [{ at: 0, kind: "died", instance: null, detail: "1" }],
    };
    const { saved } = await recorded(ticks);
    // The first after two seconds, then the event at three, two seconds later five, then the end.
    expect(saved.map((at) => at - start)).toEqual([2_000, 3_000, 5_000, 6_000]);
  });

  test("after `for`, and not before", async () => {
    const ticks = peopled(9);
    const { to } = await recorded(ticks, { for: 5_500 });
    expect(to).toBe(start + 5_000);
  });

  test("leaves one file of ours alone, readable by us alone", async () => {
    await recorded(life);
    expect(readdirSync(folder)).toEqual(["out.tare"]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe("never over what is there", () => {
  test.each(["file", "read-only file", "directory", "link", "dangling link"])("%s", async (what) => {
    const other = join(folder, "other");
    if (what === "link") writeFileSync(other, "mine");
    if (what.endsWith("link")) symlinkSync(other, path);
    else if (what === "directory") mkdirSync(path);
    else writeFileSync(path, "mine", { mode: what === "file" ? 0o600 : 0o400 });
    await expect(recorded([])).rejects.toMatchObject({ code: "EEXIST" });
    expect(existsSync(other)).toBe(what === "link");
    if (what.includes("file")) expect(readFileSync(path, "utf8")).toBe("mine");
  });
});
