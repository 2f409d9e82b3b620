import { expect, test } from "vitest";
import { serveFeed } from "../../../electron/feed.ts";
import type { Source } from "../../../electron/source.ts";
import type { Sample } from "../../../shared/figures.ts";
import type { HostFacts } from "../../../shared/model/host.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Tick } from "../../../shared/model/tick.ts";
import type { Handlers } from "../../../shared/wire/calls.ts";
import { CallFailure, openChannel } from "../../../shared/wire/channel.ts";
import { type Frame, nothingKnown } from "../../../shared/wire/frames.ts";
import { type Pipe, pipePair } from "../../../shared/wire/pipe.ts";
import { madeFinding } from "../../fixtures/findings.ts";
import { madeInstance, unknownHost } from "../../fixtures/made.ts";
import { manualClock } from "../../manual-clock.ts";

const facts: HostFacts = {
  name: "h",
  os: "o",
  kernel: "k",
  cpu: "c",
  threads: 2,
  memory: 1024,
  cgroup: "v2",
  controllers: ["memory", "cpu", "pids", "io"],
};
const instance = (slot: number): Instance => madeInstance({ id: `docker:${slot}`, slot, name: `n${slot}` });
const sample = (cores: number): Sample => ({ ...nothingKnown, cores });
const tick = (at: number, change: Partial<Tick>): Tick => ({
  at,
  whole: false,
  came: [],
  went: [],
  samples: new Map(),
  events: [],
  host: unknownHost,
  self: { cores: null, resident: 1 },
  engines,
  replay: null,
  ...change,
});
const engines: Tick["engines"] = [];

/** A source whose ticks the test gives. */
function driven(): Source & { give(tick: Tick): void } {
  let listener: (tick: Tick) => void = () => undefined;
  return {
    live: true,
    facts,
    listen: (next) => {
      listener = next;
    },
    detail: () => Promise.resolve(null),
    past: () => [],
    races: () => null,
    retry: () => undefined,
    steer: () => undefined,
    give: (one) => listener(one),
  };
}

/** Rules that found nothing. */
const nothingFound = { open: () => [], since: () => ({ revision: 0, findings: [] }) };

const handlers = {
  history: () => {
    throw Object.assign(new Error("no"), { code: "ENOSPC", path: "/x" });
  },
  recent: ({ points }: { readonly points: number }) => ({ a: { cores: [points], gross: [null] } }),
} as unknown as Handlers;

const settled = () => new Promise((next) => setTimeout(next));
const stop = new AbortController();

function page(pipe: Pipe): Frame[] {
  const frames: Frame[] = [];
  openChannel(pipe, { onFrame: (frame) => frames.push(frame), onClosed: () => undefined });
  return frames;
}

/** A page's end that the test answers for by hand: it reads frames and acknowledges when told. */
function slowPage(pipe: Pipe) {
  const got: Uint8Array[] = [];
  pipe.receive((message) => got.push(message));
  const say = (value: unknown) =>
    pipe.send(new Uint8Array([0, ...new TextEncoder().encode(JSON.stringify(value))]));
  return { got, say };
}

test("a snapshot, then a frame a tick with only what changed", async () => {
  const [mine, theirs] = pipePair();
  const source = driven();
  serveFeed(theirs, source, nothingFound, handlers, manualClock(), stop.signal);
  const frames = page(mine);
  source.give(
    tick(1, { whole: true, came: [instance(0), instance(7)], samples: new Map([["docker:7", sample(0.5)]]) }),
  );
  await settled();
  source.give(tick(2, { went: ["docker:0"], samples: new Map([["docker:7", sample(0.25)]]) }));
  await settled();
  expect(frames).toHaveLength(2);
  expect(frames[0]).toMatchObject({
    whole: true,
    facts,
    engines: [],
    came: [{ id: "docker:0" }, { id: "docker:7" }],
  });
  expect(frames[0]?.rows.get(7)?.cores).toBe(0.5);
  expect(frames[1]).toMatchObject({ whole: false, facts: null, engines: null, came: [], went: ["docker:0"] });
  expect(frames[1]?.rows.get(7)).toEqual(sample(0.25));
});

test("a page that does not acknowledge gets no queue: what it missed comes merged in one frame", async () => {
  const [mine, theirs] = pipePair();
  const source = driven();
  serveFeed(theirs, source, nothingFound, handlers, manualClock(), stop.signal);
  const { got, say } = slowPage(mine);
  source.give(tick(1, { whole: true, came: [instance(0)] }));
  for (let at = 2; at < 100; at++)
    source.give(
      tick(at, {
        came: [instance(at)],
        went: at === 99 ? ["docker:50"] : [],
        samples: new Map([["docker:0", sample(at)]]),
      }),
    );
  await settled();
  expect(got).toHaveLength(1);
  say({ ack: 1 });
  await settled();
  expect(got).toHaveLength(2);
  const frames: Frame[] = [];
  const [replayed, feeder] = pipePair();
  openChannel(replayed, { onFrame: (frame) => frames.push(frame), onClosed: () => undefined });
  for (const message of got) feeder.send(message);
  await settled();
  expect(frames[1]?.came).toHaveLength(97); // 98 came, one of them went again
  expect(frames[1]?.went).toEqual(["docker:50"]);
  expect(frames[1]?.rows.get(0)?.cores).toBe(99);
});

test("what was found goes with its tick; a page that was behind gets each finding once, a new one all that hold", async () => {
  const [mine, theirs] = pipePair();
  const source = driven();
  const stands = madeFinding({ rule: "no-limit", severity: "note" });
  let told = [{ revision: 1, finding: stands }];
  const found = {
    open: () => told.map(({ finding }) => finding).filter(({ clearedAt }) => clearedAt === null),
    since: (known: number) => ({
      revision: told.at(-1)?.revision ?? 0,
      findings: told.filter(({ revision }) => revision > known).map(({ finding }) => finding),
    }),
  };
  serveFeed(theirs, source, found, handlers, manualClock(), stop.signal);
  const { got, say } = slowPage(mine);
  source.give(tick(1, { whole: true, came: [instance(0)] }));
  const killed = madeFinding({ rule: "memory-killed", severity: "critical" });
  told = [...told, { revision: 2, finding: killed }];
  source.give(tick(2, {}));
  told = [told[0] ?? { revision: 1, finding: stands }, { revision: 3, finding: { ...killed, clearedAt: 3 } }];
  source.give(tick(3, {}));
  for (const ack of [1, 2]) {
    say({ ack });
    await settled();
  }
  source.give(tick(4, {}));
  await settled();
  const frames: Frame[] = [];
  const [replayed, feeder] = pipePair();
  openChannel(replayed, { onFrame: (frame) => frames.push(frame), onClosed: () => undefined });
  for (const message of got) feeder.send(message);
  await settled();
  expect(frames.map(({ findings }) => findings)).toEqual([[stands], [{ ...killed, clearedAt: 3 }], []]);
});

test("what happened before a whole tick is told by that tick alone", async () => {
  const [mine, theirs] = pipePair();
  const source = driven();
  serveFeed(theirs, source, nothingFound, handlers, manualClock(), stop.signal);
  const { got, say } = slowPage(mine);
  const event = { at: 1, kind: "oom-kill", instance: "docker:0", detail: null } as const;
  source.give(tick(1, { whole: true }));
  source.give(tick(2, { events: [event] }));
  source.give(tick(3, { whole: true, events: [event] }));
  say({ ack: 1 });
  await settled();
  const frames: Frame[] = [];
  const [replayed, feeder] = pipePair();
  openChannel(replayed, { onFrame: (frame) => frames.push(frame), onClosed: () => undefined });
  for (const message of got) feeder.send(message);
  await settled();
  expect(frames[1]?.events).toEqual([event]);
});

test("a page that is deaf for ten seconds is closed", async () => {
  const [mine, theirs] = pipePair();
  const source = driven();
  const clock = manualClock();
  serveFeed(theirs, source, nothingFound, handlers, clock, stop.signal);
  let closed = false;
  mine.closed(() => {
    closed = true;
  });
  slowPage(mine);
  source.give(tick(1, { whole: true }));
  await clock.pass(9_900);
  source.give(tick(2, {}));
  expect(closed).toBe(false);
  await clock.pass(200);
  source.give(tick(3, {}));
  expect(closed).toBe(true);
});

test("calls are answered, and failures come back as data", async () => {
  const [mine, theirs] = pipePair();
  serveFeed(theirs, driven(), nothingFound, handlers, manualClock(), stop.signal);
  const channel = openChannel(mine, { onFrame: () => undefined, onClosed: () => undefined });
  expect(await channel.call("recent", { points: 3 })).toEqual({ a: { cores: [3], gross: [null] } });
  await expect(channel.call("history", { id: "x", from: 0, figures: ["cores"] })).rejects.toMatchObject({
    trouble: { code: "full", where: "/x" },
  });
  await expect(channel.call("recent", { points: 1e9 })).rejects.toBeInstanceOf(CallFailure);
});

test.each([
  ["unknown keys", { call: 1, name: "recent", request: {}, more: 1 }],
  ["no kind of message", { hello: 1 }],
  ["an acknowledgement of nonsense", { ack: "1" }],
])("%s: the page is closed", async (_, message) => {
  const [mine, theirs] = pipePair();
  serveFeed(theirs, driven(), nothingFound, handlers, manualClock(), stop.signal);
  let closed = false;
  mine.closed(() => {
    closed = true;
  });
  slowPage(mine).say(message);
  await settled();
  expect(closed).toBe(true);
});

test("names from the wire are looked up in a table, never in an object", async () => {
  const [mine, theirs] = pipePair();
  serveFeed(theirs, driven(), nothingFound, handlers, manualClock(), stop.signal);
  const { got, say } = slowPage(mine);
  for (const name of ["constructor", "__proto__", "toString"]) say({ call: 1, name, request: {} });
  await settled();
  expect(got.map((message) => JSON.parse(new TextDecoder().decode(message.subarray(1))))).toEqual(
    Array.from({ length: 3 }, () => ({ reply: 1, trouble: { code: "garbled", where: "call", cause: null } })),
  );
});

test("51 messages in one second, or 64 KiB in one: closed", async () => {
  for (const flood of [
    (say: (value: unknown) => void) => {
      for (let n = 0; n < 51; n++) say({ ack: 1 });
    },
    (say: (value: unknown) => void) => say({ ack: 1, pad: "x".repeat(70_000) }),
  ]) {
    const [mine, theirs] = pipePair();
    serveFeed(theirs, driven(), nothingFound, handlers, manualClock(), stop.signal);
    let closed = false;
    mine.closed(() => {
      closed = true;
    });
    flood(slowPage(mine).say);
    await settled();
    expect(closed).toBe(true);
  }
});
