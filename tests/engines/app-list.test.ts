import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built, top } from "../built.ts";
import { needs } from "../needs.ts";
import { docker, files, MiB, prepare, start, sweep, until } from "./readers-lab.ts";

needs(
  "docker",
  "busybox",
  "root",
)("tare list --json", () => {
  beforeAll(() => {
    built();
    prepare();
  }, 120_000);
  afterAll(sweep, 60_000);

  test("prints the line that programs rely on, with the kernel's own figures", async () => {
    const fill = "dd if=/dev/zero of=/dev/shm/held bs=1M count=16; exec sleep 1000";
    const project = ["--label", "com.docker.compose.project=tare-readers-shop"];
    const limits = ["--memory", "64m", "--cpus", "0.5", "--pids-limit", "12"];
    const box = start("list", fill, ...project, ...limits);
    const kernel = files(box);
    await until("it holds its 16 MiB", () => kernel.shmem() >= 16 * MiB);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(top, "electron/start.mjs"), "list", "--json"],
      { encoding: "utf8", timeout: 50_000 },
    );
    expect([status, stderr]).toEqual([0, ""]);
    const text = stdout.split("\n").find((line) => line.includes(box.id)) ?? "";
    const line = JSON.parse(text);
    // Keys in the order of the documented line, none missing and none more.
    expect(text).toMatch(
      /^{"id":.+,"kind":.+,"engine":.+,"name":.+,"state":.+,"group":.+,"image":.+,"startedAt":\d+,"memory":{"gross":\d+,"net":\d+,"cache":\d+,"tare":\d+,"other":\d+,"workingSet":\d+,"peak":\d+,"limit":\d+,"configured":null,"inUse":null},"cpu":{"cores":[\d.e-]+,"limit":0\.5,"throttledShare":\S+},"pids":{"now":1,"limit":12},"weighed":"cgroup","borrowed":null}$/,
    );
    const { StartedAt } = JSON.parse(docker("inspect", "-f", "{{json .State}}", box.id));
    expect(line).toMatchObject({
      ...{ id: `docker:${box.id}`, kind: "container", engine: "docker", name: box.name, state: "running" },
      ...{ group: "tare-readers-shop", image: "tare-busybox:1", startedAt: Date.parse(StartedAt) },
    });
    const { memory } = line;
    expect(memory.net).toBe(kernel.anon() + kernel.shmem());
    expect(memory.cache).toBe(kernel.file() - kernel.shmem());
    expect(memory.limit).toBe(64 * MiB);
    expect(memory.peak).toBe(kernel.peak());
    // The kernel counts what it charges in batches of pages: between two looks they move a little, though nothing runs.
    expect(Math.abs(memory.workingSet - (kernel.charged() - kernel.inactiveFile()))).toBeLessThan(MiB / 2);
    expect(memory.tare).toBeGreaterThanOrEqual(0.5 * kernel.kernel());
    const parts = memory.net + memory.cache + memory.tare + memory.other;
    expect(Math.abs(parts - memory.gross)).toBeLessThan(4096);
  }, 60_000);
});
