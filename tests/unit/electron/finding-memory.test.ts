import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { findingMemory } from "../../../electron/finding-memory.ts";
import { findingStore } from "../../../electron/finding-store.ts";
import { findings } from "../../../electron/findings.ts";
import { people } from "../../../electron/people.ts";
import type { Source } from "../../../electron/source.ts";
import type { Sample } from "../../../shared/figures.ts";
import type { Tick } from "../../../shared/model/tick.ts";
import type { Millis } from "../../../shared/model/units.ts";
import { defaultThresholds } from "../../../shared/rules/thresholds.ts";
import { unknownHost } from "../../fixtures/made.ts";
import { box, host, idle } from "../shared/rules/told.ts";

const start = 1_795_500_000_000;
const minute: Millis = 60_000;
const hour = 60 * minute;
const mib = 2 ** 20;

const top = mkdtempSync(join(tmpdir(), "tare-findings-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));
let folder = top;
let turn = 0;
beforeEach(() => {
  folder = join(top, String(turn++));
});
const path = () => join(folder, "findings.jsonl");

/** One run of Tare over ticks that the test gives; its files are real. */
function running(live = true) {
  const listeners: ((tick: Tick) => void)[] = [];
  const source: Source = {
    live,
    facts: host,
    listen: (next) => void listeners.push(next),
    detail: () => Promise.resolve(null),
    past: () => [],
    races: () => null,
    retry: () => undefined,
    steer: () => undefined,
  };
  const stop = new AbortController();
  const known = people(source, stop.signal);
  const found = findings(source, () => defaultThresholds, stop.signal);
  let now = start;
  const store = findingStore(folder, () => now);
  const memory = findingMemory(source, found, known, store, stop.signal);
  const give = (at: Millis, change: Partial<Tick> = {}) => {
    now = at;
    const tick: Tick = {
      at,
      whole: false,
      came: [],
      went: [],
      samples: new Map([["docker:a", idle]]),
      events: [],
      host: unknownHost,
      self: { cores: null, resident: 1 },
      engines: [],
      replay: null,
      ...change,
    };
    for (const listener of listeners) listener(tick);
  };
  const pass = (from: Millis, to: Millis, sample: Sample = idle) => {
    for (let at = from; at <= to; at += 1_000) give(at, { samples: new Map([["docker:a", sample]]) });
  };
  return { log: memory.log, give, pass, end: () => stop.abort() };
}
const begin = (run: ReturnType<typeof running>, at: Millis) => run.give(at, { whole: true, came: [box()] });
const kill = (at: Millis, instance = "docker:a") =>
  ({ at, kind: "oom-kill", instance, detail: "loki" }) as const;
const gone = { went: ["docker:a"], samples: new Map() };

describe("of this run", () => {
  test("what is over is told, the newest first, by the name that its instance had, and what ended it", () => {
    const run = running();
    begin(run, start);
    // Within a minute it would be the same one.
    const times = [1, 2, 3].map((time) => start + time * 2 * minute);
    for (const at of times) {
      run.pass(at - 119_000, at - 1_000);
      run.give(at, { came: [box()], events: [kill(at)] });
      run.give(at + 1_000, gone);
    }
    const { cleared, watched } = run.log();
    expect(cleared.map(({ openedAt }) => openedAt)).toEqual(times.toReversed());
    expect(cleared[0]).toMatchObject({ name: box().name, ending: { by: "ended" }, evidence: [] });
    expect(watched).toEqual([{ from: start, to: start + 6 * minute + 1_000 }]);
  });

  test("a limit that was set anew is told with what it was", () => {
    const run = running();
    begin(run, start);
    const small = { ...idle, memoryLimit: 192 * mib };
    run.pass(start + 1_000, start + 5_000, small);
    run.give(start + 6_000, { events: [kill(start + 5_900)], samples: new Map([["docker:a", small]]) });
    run.pass(start + 7_000, start + 10_000, small);
    run.pass(start + 11_000, start + minute, { ...idle, memoryLimit: 320 * mib });
    expect(run.log().cleared).toMatchObject([
      {
        rule: "memory-killed",
        ending: { by: "limit", limit: "memoryLimit", from: 192 * mib, to: 320 * mib },
      },
    ]);
  });

  test("what is older than a day is let go", () => {
    const run = running();
    run.give(start, { whole: true, came: [box()], events: [kill(start)] });
    run.give(start + 1_000, gone);
    expect(run.log().cleared).toHaveLength(1);
    run.give(start + 25 * hour);
    expect(run.log().cleared).toEqual([]);
  });

  test("a look of less than a minute leaves nothing on the disk, nor does a recording", () => {
    for (const live of [true, false]) {
      const run = running(live);
      begin(run, start);
      run.give(start + 1_000, { events: [kill(start + 900)] });
      if (!live) run.pass(start + 2_000, start + 10 * minute);
      run.end();
      expect(() => statSync(folder)).toThrow("ENOENT");
    }
  });
});

describe("of earlier runs", () => {
  /** A run that finds one killed and gone, and one that is killed and still there when it ends. */
  const first = (ends: boolean) => {
    const run = running();
    run.give(start, { whole: true, came: [box(), box({ id: "docker:b", slot: 1, name: "api" })] });
    run.pass(start + 1_000, start + 2 * minute);
    run.give(start + 2 * minute + 1_000, { events: [kill(start + 2 * minute)] });
    run.give(start + 2 * minute + 2_000, gone);
    run.pass(start + 2 * minute + 3_000, start + 5 * minute);
    run.give(start + 5 * minute + 1_000, { events: [kill(start + 5 * minute, "docker:b")] });
    run.pass(start + 5 * minute + 2_000, start + 6 * minute);
    if (ends) run.end();
    return run;
  };
  /** The lines as another process would have left them that is no more. */
  const dies = () => writeFileSync(path(), readFileSync(path(), "utf8").replaceAll(/"pid":\d+/g, '"pid":1'));

  test("the next run knows what was over, who it was, and when nobody looked", () => {
    first(true);
    const next = running();
    next.give(start + 3 * hour, { whole: true });
    const { cleared, watched, trouble } = next.log();
    expect(trouble).toBeNull();
    expect(cleared.map(({ name, ending }) => [name, ending.by])).toEqual([
      ["api", "unwatched"],
      [box().name, "ended"],
    ]);
    expect(cleared[0]).toMatchObject({
      openedAt: start + 5 * minute + 1_000,
      clearedAt: start + 6 * minute,
      facts: { kills: 1 },
    });
    expect(watched).toEqual([
      { from: start, to: start + 6 * minute },
      { from: start + 3 * hour, to: start + 3 * hour },
    ]);
    next.pass(start + 24.5 * hour, start + 24.5 * hour);
    expect(next.log().cleared).toEqual([]);
  });

  test("of one that was killed, what it had found is known, and what was open lasted as long as it is known to have looked", () => {
    first(false);
    // Still there: what it has open is its own to tell.
    const beside = running();
    beside.give(start + 6 * minute, { whole: true });
    expect(beside.log().cleared.map(({ name }) => name)).toEqual([box().name]);
    dies();
    const next = running();
    next.give(start + hour, { whole: true });
    expect(next.log().cleared.map(({ name, ending }) => [name, ending.by])).toEqual([
      ["api", "unwatched"],
      [box().name, "ended"],
    ]);
  });

  test("a line that a kill has cut is passed over, and the next one begins on its own", () => {
    first(true);
    appendFileSync(path(), '{"run":{"pid":4');
    const next = running();
    begin(next, start + hour);
    next.pass(start + hour + 1_000, start + hour + 6 * minute);
    next.end();
    const last = running();
    last.give(start + 2 * hour, { whole: true });
    expect(last.log().cleared).toHaveLength(2);
    expect(last.log().watched).toHaveLength(3);
  });

  test("a file that has grown large is written anew without what is too old", () => {
    first(true);
    const [, ...lines] = readFileSync(path(), "utf8").trimEnd().split("\n");
    for (let size = 0; size < 2 << 20; size += lines.join("\n").length)
      appendFileSync(path(), `${lines.join("\n")}\n`);
    const next = running();
    begin(next, start + hour);
    next.pass(start + hour + 1_000, start + hour + 6 * minute);
    next.end();
    expect(statSync(path()).size).toBeLessThan(10_000);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    const last = running();
    last.give(start + 2 * hour, { whole: true });
    expect(last.log().cleared).toHaveLength(2);
  });

  test.each([
    ["another program's", "hello\n", "garbled"],
    ["a newer Tare's", '{"tare":"findings","version":2}\n{"all":"new"}\n', "outdated"],
  ])("a file that is %s is left as it is, told as such, and looking goes on", (_, text, code) => {
    mkdirSync(folder);
    writeFileSync(path(), text);
    const run = first(true);
    expect(readFileSync(path(), "utf8")).toBe(text);
    expect(run.log()).toMatchObject({ trouble: { code, where: path() } });
    expect(run.log().cleared).toHaveLength(2);
  });

  test("a place that can't be written is told once it is there to be told, and mended without a restart", () => {
    mkdirSync(path(), { recursive: true });
    const run = running();
    begin(run, start);
    run.pass(start + 1_000, start + 5 * minute);
    expect(run.log().trouble).toMatchObject({ code: "misconfigured", where: path() });
    rmSync(path(), { recursive: true });
    run.pass(start + 5 * minute, start + 11 * minute);
    expect(run.log().trouble).toBeNull();
    expect(statSync(path()).size).toBeGreaterThan(0);
  });
});
