import { beforeEach, expect, test } from "vitest";
import type { Peer } from "../../../../../electron/engines/docker-api/peer.ts";
import { pace, pulse } from "../../../../../electron/engines/docker-api/pulse.ts";
import { manualClock } from "../../../../manual-clock.ts";

let clock: ReturnType<typeof manualClock>;
beforeEach(() => {
  clock = manualClock();
});

/** A ping that takes `took` ms of the test's clock, or never answers. */
function pinging(took: () => number | null) {
  let pings = 0;
  const ping = async () => {
    pings++;
    const wait = took();
    if (wait === null) await new Promise(() => undefined);
    else await clock.after(wait, new AbortController().signal);
  };
  return { ping, pings: () => pings };
}

/** A heart under watch: when it was heard, in whole seconds of the test's clock. */
function watched(peer: Peer | null, ping: () => Promise<unknown>) {
  const heard: number[] = [];
  const heart = pulse(peer, ping, () => heard.push(clock.monotonic() / 1e9), pace, clock);
  /** So many looks, a second apart; gives the longest time in which nothing was heard, and the recoveries. */
  const looks = async (seconds: number) => {
    const from = clock.monotonic() / 1e9;
    let recovered = 0;
    for (let second = 0; second < seconds; second++) {
      await clock.pass(1_000);
      if (heart.look()) recovered++;
    }
    const to = clock.monotonic() / 1e9;
    const times = [from, ...heard.filter((at) => at > from), to];
    return { silence: Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? at))), recovered };
  };
  return { heart, looks };
}

test("a daemon whose process is seen is never asked", async () => {
  let state: "runs" | "stopped" | "gone" = "runs";
  const peer: Peer = { pid: 1, look: () => state, close: () => undefined };
  const { ping, pings } = pinging(() => 0);
  const { looks } = watched(peer, ping);
  expect(await looks(60)).toEqual({ silence: 1, recovered: 0 });
  state = "stopped";
  expect(await looks(60)).toEqual({ silence: 60, recovered: 0 });
  state = "runs";
  expect(await looks(2)).toEqual({ silence: 1, recovered: 1 });
  expect(pings()).toBe(0);
});

test("a question without an answer outweighs a process that runs", async () => {
  const peer: Peer = { pid: 1, look: () => "runs", close: () => undefined };
  const { heart, looks } = watched(peer, async () => undefined);
  void heart.ask(() => new Promise(() => undefined));
  expect((await looks(20)).silence).toBe(18);
});

test("a daemon out of sight is pinged every other second, and heard by its answers", async () => {
  const { ping, pings } = pinging(() => 5);
  const { looks } = watched(null, ping);
  expect((await looks(60)).silence).toBeLessThan(2.1); // the supervisor's patience is 2.5 s
  expect(pings()).toBe(30);
});

test("a process that ended is out of sight", async () => {
  const peer: Peer = { pid: 1, look: () => "gone", close: () => undefined };
  const { ping, pings } = pinging(() => 5);
  await watched(peer, ping).looks(10);
  expect(pings()).toBeGreaterThanOrEqual(4);
});

test("out of sight and stopped: silent from then on, told when it is back", async () => {
  let took: number | null = 5;
  let answer: () => void = () => undefined;
  const { heart, looks } = watched(null, async () => {
    if (took === null) await new Promise<void>((resolve) => (answer = resolve));
  });
  await looks(10);
  took = null;
  expect((await looks(10)).silence).toBeGreaterThan(7);
  expect(heart.quietFor()).toBeGreaterThan(7_000);
  took = 5;
  answer();
  expect((await looks(3)).recovered).toBe(1);
});

test("one that always takes 4 s is slow, not silent, and gets one ping at a time", async () => {
  const { ping, pings } = pinging(() => 4_000);
  const { looks } = watched(null, ping);
  await looks(10);
  expect((await looks(40)).silence).toBeLessThan(2.1);
  expect(pings()).toBeLessThanOrEqual(13); // 50 s / 4 s
});
