import { cpus, totalmem } from "node:os";
import { afterEach, describe, expect, test } from "vitest";
import { deadline } from "../../../../electron/live/deadline.ts";
import { type Host, readHost } from "../../../../electron/live/host.ts";
import { systemClock } from "../../../../electron/machine/clock.ts";
import { descriptors } from "../../../../electron/machine/held-file.ts";

let host: Host | null = null;
afterEach(() => {
  host?.close();
  host = null;
});
const pause = (wait: number) => new Promise((done) => setTimeout(done, wait));

describe.each([process.platform, "darwin"] as const)("the host, read as on %s", (platform) => {
  test("facts, then figures that can be", async () => {
    const held = descriptors.held;
    host = await readHost(systemClock, platform);
    expect(host.facts).toMatchObject({ threads: cpus().length, memory: totalmem() });
    for (const key of ["name", "os", "kernel", "cpu"] as const) expect(host.facts[key]).not.toBe("");
    const first = host.sample();
    expect(first.host.cores).toBeNull();
    expect(first.self.cores).toBeNull();
    // The slow path's first answer comes from systeminformation's own processes.
    let last = first;
    for (const end = Date.now() + 5_000; Date.now() < end; await pause(100)) {
      last = host.sample();
      if (last.host.available !== null && last.host.cores !== null) break;
    }
    expect(last.host.cores).toBeGreaterThanOrEqual(0);
    expect(last.host.cores).toBeLessThanOrEqual(cpus().length);
    expect(last.host.available).toBeGreaterThan(0);
    expect(last.host.available).toBeLessThanOrEqual(totalmem());
    expect(last.self.resident).toBeGreaterThan(2 ** 20);
    expect(last.self.cores).toBeGreaterThanOrEqual(0);
    host.close();
    expect(descriptors.held).toBe(held);
  });
});

test("a promise that never settles ends with its deadline", async () => {
  await expect(deadline(new Promise(() => undefined), 5)).rejects.toThrow("5 ms");
  await expect(deadline(Promise.resolve(7), 5)).resolves.toBe(7);
  await expect(deadline(Promise.reject(new Error("own")), 5)).rejects.toThrow("own");
});
