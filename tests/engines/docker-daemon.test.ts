import { afterAll, beforeAll, expect, test } from "vitest";
import { docker } from "../../electron/engines/docker/docker.ts";
import { supervise } from "../../electron/engines/supervisor.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { needs } from "../needs.ts";
import { eventually, ownDaemon } from "./docker-lab.ts";

needs(
  "docker",
  "busybox",
  "root",
)("a daemon of our own", () => {
  let daemon: Awaited<ReturnType<typeof ownDaemon>>;
  const stop = new AbortController();
  let told = 0;
  let one: ReturnType<typeof supervise>;
  const state = () => one.status().state;
  beforeAll(async () => {
    daemon = await ownDaemon();
    const engine = docker({ surroundings: { environment: { DOCKER_HOST: daemon.host } } });
    one = supervise(
      engine,
      systemClock,
      stop.signal,
      (news) => {
        if ("all" in news) told++;
      },
      () => undefined,
    );
    await eventually(() => told === 1, 5_000);
  }, 40_000);
  afterAll(async () => {
    stop.abort();
    await daemon.close();
  }, 20_000);

  test("a steady second asks it nothing, for the kernel says that it lives", async () => {
    const before = daemon.calls().length;
    expect(before).toBeGreaterThan(3); // it does log them
    const looks = 4;
    for (let look = 0; look < looks; look++) await systemClock.after(1_000, stop.signal);
    expect(daemon.calls().slice(before)).toEqual([]);
    expect(state()).toBe("ready");
  }, 10_000);

  test("stopped: silent within 3 s; going on: ready within 3 s and listed again, over the same few sockets", async () => {
    const lists = told;
    daemon.signal("SIGSTOP");
    const stopped = performance.now();
    await expect.poll(state, { timeout: 5_000, interval: 50 }).toBe("silent");
    expect(performance.now() - stopped).toBeLessThan(3_500); // 3 s, and this test's own share of a busy machine
    expect(one.status().trouble).toMatchObject({ code: "timeout" });
    await systemClock.after(2_000, stop.signal);
    const connections = daemon.connections();
    expect(connections).toBeGreaterThan(0);
    expect(connections).toBeLessThanOrEqual(8);
    daemon.signal("SIGCONT");
    const going = performance.now();
    await expect.poll(state, { timeout: 5_000, interval: 50 }).toBe("ready");
    expect(performance.now() - going).toBeLessThan(3_500);
    await expect.poll(() => told, { timeout: 3_000 }).toBeGreaterThan(lists);
  }, 20_000);

  test("killed: lost at once; started again: ready within 3 s, with its list", async () => {
    const lists = told;
    await daemon.stop("SIGKILL");
    await expect.poll(state, { timeout: 3_000, interval: 50 }).toBe("lost");
    expect(one.status().trouble).toMatchObject({ code: "refused" });
    await daemon.start();
    const answers = performance.now();
    await expect.poll(() => state() === "ready" && told > lists, { timeout: 5_000, interval: 50 }).toBe(true);
    expect(performance.now() - answers).toBeLessThan(3_500);
  }, 40_000);
});
