import { afterAll, beforeAll, expect, test } from "vitest";
import { needs } from "../needs.ts";
import {
  dockerStats,
  expectAsKernelAndDocker,
  files,
  MiB,
  openBox,
  pause,
  prepare,
  readingOf,
  start,
  sweep,
  text,
  until,
} from "./readers-lab.ts";

needs("docker", "root")("the cgroup reader, on containers with known loads", () => {
  beforeAll(prepare);
  afterAll(sweep);

  test("64 MiB anonymous", async () => {
    // dd fills its buffer, then waits for a reader that never reads.
    const box = start("anon", "dd if=/dev/zero bs=64M count=1 | sleep 1000", "--memory", "96m");
    await until("it is loaded", () => files(box).anon() >= 64 * MiB);
    const { memory, limits } = await expectAsKernelAndDocker(box);
    expect(memory?.anon).toBeGreaterThanOrEqual(64 * MiB);
    expect(memory?.anon).toBeLessThan(66 * MiB);
    expect(memory?.file).toBeLessThan(4 * MiB);
    expect(limits?.memory).toEqual({ value: 96 * MiB, ancestor: null });
  });

  test("100 MiB of page cache only", async () => {
    const box = start(
      "cache",
      "dd if=/dev/zero of=/data bs=1M count=100; sync; exec sleep 1000",
      "--memory",
      "200m",
    );
    await until("it is loaded", () => text(`/proc/${box.pid}/comm`) === "sleep\n");
    const { memory } = await expectAsKernelAndDocker(box);
    expect(memory?.file).toBeGreaterThanOrEqual(100 * MiB);
    expect(memory?.shmem).toBe(0);
    expect(memory?.anon).toBeLessThan(MiB);
    expect((memory?.activeFile ?? 0) + (memory?.inactiveFile ?? 0)).toBeGreaterThanOrEqual(100 * MiB);
  });

  test("50 MiB in a tmpfs", async () => {
    const load = "dd if=/dev/zero of=/t/a bs=1M count=50; exec sleep 1000";
    const box = start("tmpfs", load, "--tmpfs", "/t:size=64m");
    await until("it is loaded", () => text(`/proc/${box.pid}/comm`) === "sleep\n");
    const { memory, limits } = await expectAsKernelAndDocker(box);
    expect(memory?.shmem).toBe(50 * MiB);
    expect(memory?.file).toBeGreaterThanOrEqual(50 * MiB);
    expect(limits?.memory.value).toBeNull();
    expect(limits?.cpu.value).toBeNull();
  });

  test("half a core asked for under a quota of a quarter", async () => {
    const box = start("quota", "while :; do :; done", "--cpus", "0.25");
    const reader = openBox(box);
    await until("it is throttled", () => files(box).throttled() > 2);
    const first = readingOf(reader);
    await pause(2_000);
    const used = files(box).used();
    const periods = files(box).periods();
    const second = readingOf(reader);
    const wall = second.at - first.at;
    const delta = (key: "used" | "periods" | "throttledPeriods" | "throttledTime") =>
      (second.cpu?.[key] ?? Number.NaN) - (first.cpu?.[key] ?? Number.NaN);
    // How much it gets of its quarter depends on who else wants the cores; it never gets more.
    expect(delta("used") / wall).toBeGreaterThan(0.02);
    expect(delta("used") / wall).toBeLessThan(0.28);
    expect(second.cpu?.used).toBeGreaterThanOrEqual(used);
    expect(second.cpu?.used).toBeLessThanOrEqual(files(box).used());
    expect(second.cpu?.periods).toBeGreaterThanOrEqual(periods);
    expect(delta("throttledPeriods")).toBeGreaterThan(0);
    expect(delta("throttledPeriods")).toBeLessThanOrEqual(delta("periods"));
    expect(delta("throttledTime")).toBeGreaterThan(0);
    expect(second.limits?.cpu).toEqual({ value: 0.25, ancestor: null });
    reader.close();
  });

  test("forking to the pids limit", async () => {
    // Each shell starts the next and waits; the one that can't gives up, and its parent becomes a sleep.
    const box = start("fork", "more() { ( more ); exec sleep 1000; }; more", "--pids-limit", "10");
    const reader = openBox(box);
    await until("it is full", () => files(box).pidsHit() > 0 && files(box).pids() === 9);
    const reading = readingOf(reader);
    expect(reading.pids).toBe(9);
    expect(dockerStats(box).pids).toBe(9);
    expect(reading.limits?.pids).toEqual({ value: 10, ancestor: null });
    reader.close();
  });

  test.each([
    ["with swap to spare", "48m"],
    ["without swap", "24m"],
  ])("over the memory limit until killed, %s", async (_, swap) => {
    const load = "while :; do tail /dev/zero; sleep 0.1; done";
    const box = start(`kill-${swap}`, load, "--memory", "24m", "--memory-swap", swap);
    const reader = openBox(box);
    await until("it was killed", () => files(box).oomKills() >= 1);
    await until("the reader has seen it", () => (readingOf(reader).oomKills ?? 0) >= 1, 5_000);
    // The next whole reading is at the most five away.
    const reading = Array.from({ length: 5 }, () => readingOf(reader)).at(-1);
    expect(reading?.oomKills).toBeLessThanOrEqual(files(box).oomKills());
    // v1 counts no hits where memory and swap together have the same limit: unknown, not 0.
    expect(reading?.limitHits).not.toBe(0);
    expect(reading?.memory?.peak).toBeLessThanOrEqual(24 * MiB);
    expect(reading?.memory?.peak).toBeGreaterThan(23 * MiB);
    reader.close();
  });
});
