import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type { Kill } from "../../electron/live/kill-line.ts";
import type { Detail } from "../../shared/model/detail.ts";
import type { Reading } from "../../shared/model/reading.ts";
import type { Series } from "../../shared/wire/calls.ts";
import { type Booted, boot } from "../guest/boot.ts";
import type { Changed } from "../guest/changed.ts";
import type { Tock } from "../guest/clock.ts";
import {
  type AtRest,
  type Claimed,
  type Ended,
  expectChanged,
  expectHelper,
  expectKept,
  expectMemoryOfFiles,
  expectWeighed,
  type Files,
  type Kept,
  keyOf,
  MiB,
  numberOf,
  only,
  waited,
} from "../guest/judge.ts";
import { needs } from "../needs.ts";
import { busyboxTar } from "./busybox-image.ts";

needs(
  "qemu",
  "kernel",
  "busybox",
  "docker",
  "podman",
)("a guest with cgroup v2 alone", () => {
  let booted: Booted;
  const result = <Shape>(name: string): Shape => {
    const found = booted.results.get(name);
    expect(found, booted.serial.slice(-3_000)).toBeDefined();
    return found as Shape;
  };

  beforeAll(async () => {
    booted = await boot({
      program: fileURLToPath(new URL("../guest/weigh.ts", import.meta.url)),
      files: { "test/image.tar": busyboxTar() },
      deadline: 300_000,
    });
    if (process.env.TARE_GUEST_LOG) console.log(booted.serial);
  }, 330_000);

  test("the program inside ran to its end", () => {
    expect(booted.code, booted.serial.slice(-3_000)).toBe(0);
    expect(result<object>("facts")).toMatchObject({ version: "v2", unified: "/sys/fs/cgroup" });
  });

  test("memory is what the guest's own files say, part by part", () => {
    const rest = result<AtRest>("memory");
    expectMemoryOfFiles(rest);
    const { memory } = rest.reading;
    expect(memory?.anon).toBeGreaterThanOrEqual(24 * MiB);
    expect(memory?.shmem).toBe(6 * MiB);
    expect((memory?.file ?? 0) - (memory?.shmem ?? 0)).toBeGreaterThanOrEqual(12 * MiB);
    expect(rest.reading.pids).toBe(numberOf(rest.files, "pids.current"));
    expect(rest.reading.limits?.memory).toEqual({ value: 96 * MiB, ancestor: null });
    expect(rest.reading.limits?.cpu).toEqual({ value: 0.5, ancestor: null });
    expect(rest.reading.limits?.pids).toEqual({ value: 40, ancestor: null });
    // The processes are in the guest's own network namespace: its traffic is not this box's.
    expect(rest.reading.network).toBeNull();
    expect(rest.reading.helpers).toBeNull();
  });

  test("the detail names limits, processes and files", () => {
    const { detail } = result<{ detail: Detail }>("detail");
    expect(detail.limits).toContainEqual({
      ...{ key: "memory", value: 96 * MiB, ancestor: null, from: "/sys/fs/cgroup/tare-memory/memory.max" },
      ...{ own: 96 * MiB, used: null, told: null },
    });
    expect(detail.processes[0]).toMatchObject({ name: "dd", helper: false, threads: 1 });
    expect(detail.processes[0]?.memory).toBeGreaterThanOrEqual(24 * MiB);
    expect(detail.processes.map(({ name }) => name)).toContain("sleep");
    expect(detail.readFrom).toContain("/sys/fs/cgroup/tare-memory");
  });

  test("the limit in force is the smallest along the ancestors, and says whose it is", () => {
    const { inner, outer } = result<{ inner: Reading; outer: Reading }>("limits");
    expect(inner.limits).toEqual({
      memory: { value: 64 * MiB, ancestor: "/tare-limits" },
      memoryHigh: { value: 60 * MiB, ancestor: "/tare-limits" },
      swap: { value: null, ancestor: null },
      cpu: { value: 0.3, ancestor: "/tare-limits" },
      cpus: { value: null, ancestor: null },
      pids: { value: 20, ancestor: null },
      read: { value: null, ancestor: null },
      write: { value: null, ancestor: null },
    });
    expect(outer.limits?.memory).toEqual({ value: 64 * MiB, ancestor: null });
  });

  test("a controller that is taken away leaves unknowns, a cgroup that is removed is gone", () => {
    const taken = result<{ first: Reading | null; second: Reading }>("taken");
    expect(taken.first).toBeNull();
    expect(taken.second.memory).toBeNull();
    expect(taken.second.cpu).not.toBeNull();
    expect(result<object>("gone")).toMatchObject({ reading: "gone", again: "gone" });
  });

  test("a fifth of a core, throttled, is measured as such", () => {
    const { first, second, before, after } = result<{
      first: Reading;
      second: Reading;
      before: Files;
      after: Files;
    }>("throttled");
    const wall = second.at - first.at;
    const used = (second.cpu?.used ?? 0) - (first.cpu?.used ?? 0);
    expect(used / wall).toBeGreaterThan(0.14);
    expect(used / wall).toBeLessThan(0.26);
    for (const [key, value, scale] of [
      ["usage_usec", second.cpu?.used, 1e3],
      ["nr_periods", second.cpu?.periods, 1],
      ["nr_throttled", second.cpu?.throttledPeriods, 1],
      ["throttled_usec", second.cpu?.throttledTime, 1e3],
    ] as const) {
      expect(value, key).toBeGreaterThanOrEqual((keyOf(before, "cpu.stat", key) ?? Number.NaN) * scale);
      expect(value, key).toBeLessThanOrEqual((keyOf(after, "cpu.stat", key) ?? Number.NaN) * scale);
    }
    for (const what of ["cpu", "memory", "io"] as const) {
      expect(second.pressure?.[what], what).toBeGreaterThanOrEqual(waited(before, `${what}.pressure`));
      expect(second.pressure?.[what], what).toBeLessThanOrEqual(waited(after, `${what}.pressure`));
    }
    expect(second.pressure?.cpu).toBeGreaterThan(first.pressure?.cpu ?? Number.NaN);
    for (const [what, file] of [
      ["memoryFull", "memory.pressure"],
      ["ioFull", "io.pressure"],
    ] as const) {
      expect(second.pressure?.[what], what).toBeGreaterThanOrEqual(waited(before, file, "full"));
      expect(second.pressure?.[what], what).toBeLessThanOrEqual(waited(after, file, "full"));
    }
  });

  test("a kill for memory is counted, and so are the hits of the limit", () => {
    const { first, last, files, kills } = result<{
      first: Reading;
      last: Reading;
      files: Files;
      kills: readonly Kill[];
    }>("killed");
    expect(kills).toEqual([{ cgroup: "/tare-killed", pid: expect.any(Number), name: "tail" }]);
    expect(first.oomKills).toBe(0);
    expect(last.oomKills).toBe(1);
    expect(last.oomKills).toBe(keyOf(files, "memory.events", "oom_kill"));
    expect(last.limitHits).toBe(keyOf(files, "memory.events", "max"));
    expect(last.limitHits).toBeGreaterThan(0);
    expect(last.memory?.peak).toBe(numberOf(files, "memory.peak"));
    expect(last.memory?.peak).toBeGreaterThan(31 * MiB);
  });

  test("forking ends at the pids limit", () => {
    const { reading, files } = result<AtRest>("forked");
    expect(reading.pids).toBe(numberOf(files, "pids.current"));
    // The shell itself gives up when it can't fork.
    expect(reading.pids).toBeGreaterThanOrEqual(9);
    expect(reading.pids).toBeLessThanOrEqual(10);
    expect(reading.limits?.pids).toEqual({ value: 10, ancestor: null });
  });

  test("hits of the soft limit and of the pids limit, protections, CPUs and huge pages: as the files say", () =>
    expectKept(result<Kept>("kept")));

  test("fault 13: a wall clock that is set a day and an hour forth and back makes no gap and no spike", () => {
    const { tocks, jumps, series } = result<{
      tocks: readonly Tock[];
      jumps: readonly number[];
      series: Series;
    }>("clock");
    expect(jumps).toHaveLength(4);
    const rated = tocks.slice(tocks.findIndex(({ cores }) => cores !== null));
    for (const { cores } of rated) {
      expect(cores).toBeGreaterThan(0.1);
      expect(cores).toBeLessThan(0.3);
    }
    for (const [index, { steady }] of tocks.slice(1).entries())
      expect(steady - (tocks[index]?.steady ?? 0)).toBeGreaterThan(0);
    // The wall clock did jump.
    const steps = tocks.slice(1).map(({ at }, index) => Math.abs(at - (tocks[index]?.at ?? 0)));
    expect(steps.filter((step) => step > 3_000_000)).toHaveLength(4);
    expect(series.at).toEqual([...series.at].sort((a, b) => a - b));
  });

  test("the Docker engine in there claims a container with its name, limits and cgroup, once", () => {
    const { key, ids, instance, paths, procs, pid, state } = result<Claimed>("docker");
    expect(ids).toEqual([`docker:${key}`]);
    expect(instance).toMatchObject({
      ...{
        engine: "docker",
        name: "tare-guest-web",
        state: "running",
        group: "shop",
        image: "tare-busybox:1",
      },
      ...{ detailed: true, weighed: "cgroup", reported: { memory: 64 * MiB, cpu: 0.5, pids: 30 } },
      startedAt: Date.parse(state?.StartedAt ?? ""),
    });
    expect(paths).toEqual(only(`/sys/fs/cgroup/docker/${key}`));
    expect(procs?.split("\n")).toContain(String(pid));
    expect(pid).toBe(state?.Pid);
  });

  test("what it claims is weighed as the files and Docker's own stats say", () => {
    const rest = result<Claimed>("docker");
    expectWeighed(rest);
    // Docker looks a moment later: within the kernel's batches of 64 pages a core.
    const off = Math.abs((rest.memoryStats?.usage ?? 0) - (rest.reading.memory?.charged ?? Number.NaN));
    expect(off).toBeLessThan(MiB / 2);
    expect(rest.memoryStats?.stats.anon).toBe(rest.reading.memory?.anon);
    expectHelper(rest, "containerd-shim");
  });

  test("an update, a kill for memory and a removal are told as events", () => {
    expect(result<{ reading: Reading }>("updated").reading.limits?.memory.value).toBe(80 * MiB);
    const removed = result<Ended>("removed");
    expect(removed).toMatchObject({ reading: "gone", ids: [] });
    const kinds = ({ events }: Ended) => events.map(({ kind, detail }) => `${kind} ${detail}`).sort();
    expect(kinds(removed)).toEqual(["died 137", "limits-changed 64.0 MiB -> 80.0 MiB", "started null"]);
    const killed = result<Ended>("oom");
    expect(kinds(killed)).toEqual(["died 137", "oom-kill null", "started null"]);
    expect(killed.instance).toMatchObject({ state: "stopped", weighed: null });
  });

  test("a limit set and taken away again is in the kernel's files; one below its use wants the name, and kills", () => {
    expectChanged(result<Changed>("changed"));
  });

  test("a Podman container is known by its cgroup, and by its name once Podman's service is there", () => {
    const { instance, ids } = result<Claimed>("podman-unserved");
    const { key, ...served } = result<Claimed>("podman");
    expect([ids, served.ids]).toEqual([[`podman:${key}`], [`podman:${key}`]]);
    expect(instance).toMatchObject({
      ...{ engine: "podman", name: key.slice(0, 12), state: "running", weighed: "cgroup", detailed: false },
    });
    expect(served.instance).toMatchObject({
      ...{ engine: "podman", name: "tare-guest-pod", image: "tare-busybox:1", slot: instance?.slot },
      ...{ detailed: true, weighed: "cgroup", reported: { memory: 64 * MiB, cpu: 0.5, pids: 30 } },
    });
    expect(served.paths).toEqual(only(`/sys/fs/cgroup/libpod_parent/libpod-${key}`));
    expect(served.procs?.split("\n")).toContain(String(served.pid));
    expectWeighed(result<Claimed>("podman"));
    expectHelper(result<Claimed>("podman"), "conmon");
    const removed = result<Ended>("podman-removed");
    expect(removed).toMatchObject({ reading: "gone", ids: [] });
    expect(removed.events.at(-1)).toMatchObject({ kind: "died", detail: "137" });
  });

  test("each engine ends ready, though none was there when it was first looked for", () => {
    expect(result<object>("statuses")).toMatchObject({
      statuses: [
        { engine: "docker", state: "ready", version: expect.stringMatching(/^20\.10/), trouble: null },
        { engine: "podman", state: "ready", where: "/run/podman/podman.sock", trouble: null },
        { engine: "cgroup", state: "ready", version: "v2", where: "/sys/fs/cgroup", trouble: null },
      ],
    });
  });
});
