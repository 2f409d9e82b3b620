import { afterEach, beforeEach, expect, test } from "vitest";
import { type Engine, EngineFailure, type News } from "../../../../electron/engines/engine.ts";
import { supervise } from "../../../../electron/engines/supervisor.ts";
import { manualClock } from "../../../manual-clock.ts";

let stop: AbortController;
let clock: ReturnType<typeof manualClock>;
beforeEach(() => {
  stop = new AbortController();
  clock = manualClock();
});
afterEach(() => stop.abort());

/** An engine whose next connections are told one by one. */
function scripted(...connections: ((tell: (news: News) => void, signal: AbortSignal) => Promise<void>)[]) {
  let calls = 0;
  const engine: Engine = {
    name: "docker",
    watch: (tell, signal) =>
      (connections[Math.min(calls++, connections.length - 1)] ?? forever)(tell, signal),
  };
  return { engine, calls: () => calls };
}

const forever = (_: unknown, signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
const ready = (tell: (news: News) => void, signal: AbortSignal) => {
  tell({ ready: { version: "20.10", where: "/run/x.sock" } });
  return forever(null, signal);
};
const fails = (failure: unknown) => () => Promise.reject(failure);
const start = (engine: Engine) =>
  supervise(
    engine,
    clock,
    stop.signal,
    () => undefined,
    () => undefined,
  );

test("ready is told with version and place", async () => {
  const one = start(scripted(ready).engine);
  await clock.pass(1);
  expect(one.status()).toMatchObject({
    state: "ready",
    version: "20.10",
    where: "/run/x.sock",
    trouble: null,
  });
});

test("an engine that says nothing for 3 s is silent, and well again with its next word", async () => {
  let speak: (news: News) => void = () => undefined;
  const { engine, calls } = scripted((tell, signal) => {
    speak = tell;
    return ready(tell, signal);
  });
  const one = start(engine);
  await clock.pass(2_000);
  expect(one.status().state).toBe("ready");
  await clock.pass(1_000);
  expect(one.status()).toMatchObject({ state: "silent", trouble: { code: "timeout" } });
  speak({ alive: true });
  expect(one.status()).toMatchObject({ state: "ready", trouble: null });
  expect(calls()).toBe(1);
});

test("one that never gets ready is silent too", async () => {
  const one = start(scripted(forever).engine);
  await clock.pass(3_100);
  expect(one.status().state).toBe("silent");
});

test.each([
  [
    "a socket that is not there",
    Object.assign(new Error("x"), { code: "ENOENT", path: "/run/docker.sock" }),
    "absent",
    "absent",
  ],
  [
    "no permission",
    Object.assign(new Error("x"), { code: "EACCES", path: "/run/docker.sock" }),
    "denied",
    "denied",
  ],
  ["what the engine knows itself", new EngineFailure("outdated", "/run/docker.sock"), "absent", "outdated"],
  ["anything else", new Error("odd"), "absent", "failed"],
] as const)("%s", async (_, failure, state, code) => {
  const one = start(scripted(fails(failure)).engine);
  await clock.pass(0);
  expect(one.status()).toMatchObject({ state, trouble: { code }, nextTry: clock.now() + 500 });
});

test("pauses double and stop at 2 s where looking is cheap: mended is seen within 3 s", async () => {
  const { engine, calls } = scripted(fails(new EngineFailure("refused", "/run/docker.sock")));
  start(engine);
  await clock.pass(0);
  expect(calls()).toBe(1);
  await clock.pass(500); //         0.5
  expect(calls()).toBe(2);
  await clock.pass(1_000); //       0.5 + 1
  expect(calls()).toBe(3);
  await clock.pass(2_000); //       0.5 + 1 + 2
  expect(calls()).toBe(4);
  await clock.pass(20_000); //      ten more, 2 s each
  expect(calls()).toBe(14);
});

test("a connection that is lost after it was ready is lost, not absent; retry does not wait", async () => {
  let drop: () => void = () => undefined;
  const { engine, calls } = scripted((tell) => {
    tell({ ready: { version: null, where: "/run/x.sock" } });
    return new Promise((_, reject) => {
      drop = () => reject(Object.assign(new Error("gone"), { code: "ECONNRESET" }));
    });
  });
  const one = start(engine);
  await clock.pass(10);
  drop();
  await clock.pass(0);
  expect(one.status()).toMatchObject({ state: "lost", trouble: { code: "refused" } });
  one.retry();
  await clock.pass(0);
  expect(calls()).toBe(2);
});

test("the connection's own signal aborts with the supervisor's, and nothing is called again", async () => {
  let aborted = false;
  const { engine, calls } = scripted((_, signal) => {
    signal.addEventListener("abort", () => {
      aborted = true;
    });
    return forever(null, signal);
  });
  start(engine);
  await clock.pass(0);
  stop.abort();
  await clock.pass(60_000);
  expect([aborted, calls()]).toEqual([true, 1]);
});
