import { describe, expect, test } from "vitest";
import { findings } from "../../../electron/findings.ts";
import type { Source } from "../../../electron/source.ts";
import type { Finding } from "../../../shared/model/finding.ts";
import type { Tick } from "../../../shared/model/tick.ts";
import type { Millis } from "../../../shared/model/units.ts";
import { defaultThresholds } from "../../../shared/rules/thresholds.ts";
import { unknownHost } from "../../fixtures/made.ts";
import { box, host, idle } from "../shared/rules/told.ts";

const start = 1_795_500_000_000;
const hour: Millis = 3_600_000;

const tick = (at: Millis, change: Partial<Tick> = {}): Tick => ({
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
});
const kill = (at: Millis) => ({ at, kind: "oom-kill", instance: "docker:a", detail: "loki" }) as const;

/** A source whose ticks the test gives; `past` is what a recording knows of the time before. */
function driven(past: (from: Millis) => readonly Tick[] = () => []) {
  let listener: (tick: Tick) => void = () => undefined;
  const source: Source = {
    live: true,
    facts: host,
    listen: (next) => {
      listener = next;
    },
    detail: () => Promise.resolve(null),
    past: (from = 0) => past(from),
    races: () => null,
    retry: () => undefined,
    steer: () => undefined,
  };
  const stop = new AbortController();
  const found = findings(source, () => defaultThresholds, stop.signal);
  return { found, give: (one: Tick) => listener(one), signal: stop.signal };
}

describe("live", () => {
  test("a page that is behind gets each finding once, as it is now", () => {
    const { found, give } = driven();
    give(tick(start, { whole: true, came: [box()] }));
    const first = found.since(0).revision;
    give(tick(start + 1_000, { events: [kill(start + 900)] }));
    give(tick(start + 9_000, { events: [kill(start + 8_900)] }));
    const news = found.since(first);
    expect(news.findings.map(({ rule, facts }) => [rule, facts.kills])).toEqual([["memory-killed", 2]]);
    expect(found.since(news.revision)).toEqual({ revision: news.revision, findings: [] });
    give(tick(start + 10_000, { went: ["docker:a"], samples: new Map() }));
    expect(found.since(news.revision).findings).toMatchObject([
      { rule: "memory-killed", clearedAt: start + 10_000 },
    ]);
    expect(found.open()).toEqual([]);
  });

  test("listeners hear each change, and a jump as all that hold", () => {
    const { found, give, signal } = driven();
    const heard: [number, boolean][] = [];
    found.listen((all: readonly Finding[], anew: boolean) => heard.push([all.length, anew]), signal);
    give(tick(start, { whole: true, came: [box()] }));
    give(tick(start + 1_000, { events: [kill(start + 900)] }));
    give(tick(start + 2_000));
    give(tick(start + 3_000, { whole: true, came: [box()] }));
    expect(heard).toEqual([
      [0, true],
      [1, false],
      [0, true],
    ]);
  });
});

describe("a recording", () => {
  /** An hour and a half of one that is throttled in its last five minutes; killed at 10 and at 80 minutes. */
  const limited = box({ reported: { memory: idle.memoryLimit, cpu: 0.1, pids: null } });
  const held = { ...idle, cores: 0.098, cpuLimit: 0.1, throttledShare: 0.9, throttledTime: 0.5 };
  const free = { ...idle, cores: 0.02, cpuLimit: 0.1, throttledShare: 0, throttledTime: 0 };
  const kills = [kill(start + 600_000), kill(start + 4_800_000)];
  const second = (at: Millis, whole = false): Tick =>
    tick(at, {
      whole,
      came: whole ? [limited] : [],
      samples: new Map([["docker:a", at - start >= 5_100_000 ? held : free]]),
      events: kills.filter((one) => one.at > at - 1_000 && one.at <= at),
    });
  const recording = (now: Millis) =>
    driven((from) => {
      const ticks: Tick[] = [];
      for (let at = Math.max(start, from); at <= now; at += 1_000) ticks.push(second(at, ticks.length === 0));
      return ticks;
    });
  const jump = (minutes: number) => {
    const now = start + minutes * 60_000;
    const { found, give } = recording(now);
    give({ ...second(now, true), events: kills.filter((one) => one.at > now - hour && one.at <= now) });
    return { found, now };
  };

  test("a jump to where it is throttled finds that at once, and when it began", () => {
    const { found } = jump(90);
    const throttled = found.open().find(({ rule }) => rule === "cpu-throttled");
    // A minute of it, of which nine tenths must be seen.
    expect((throttled?.openedAt ?? 0) - start).toBeGreaterThanOrEqual(5_100_000 + 15_000);
    expect((throttled?.openedAt ?? 0) - start).toBeLessThanOrEqual(5_100_000 + 65_000);
  });

  test("a kill of half an hour ago is told, one of more than an hour ago is not", () => {
    const killed = (minutes: number) =>
      jump(minutes)
        .found.open()
        .filter(({ rule }) => rule === "memory-killed")
        .map(({ facts }) => facts.kills);
    expect([killed(40), killed(79), killed(81)]).toEqual([[1], [], [1]]);
  });
});
