import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type { Detail } from "../../shared/model/detail.ts";
import type { Reading } from "../../shared/model/reading.ts";
import { type Booted, boot } from "../guest/boot.ts";
import { needs } from "../needs.ts";
import { busyboxTar } from "./busybox-image.ts";

type Files = Readonly<Record<string, string | null>>;
type AtRest = { readonly reading: Reading; readonly files: Files };
const MiB = 2 ** 20;

/** An independent look at the kernel's files: strings, split, Number; none of the reader's code. */
const keyOf = (files: Files, file: string, key: string) => {
  const row = files[file]?.split("\n").find((line) => line.startsWith(`${key} `));
  return row === undefined ? null : Number(row.split(" ")[1]);
};
const numberOf = (files: Files, file: string) => Number(files[file]?.trim());
const waited = (files: Files, file: string) =>
  Number(/^some .* total=(\d+)$/m.exec(files[file] ?? "")?.[1]) * 1e3;

function expectMemoryOfFiles({ reading, files }: AtRest) {
  const stat = (key: string) => keyOf(files, "memory.stat", key);
  expect(reading.memory).toEqual({
    charged: numberOf(files, "memory.current"),
    anon: stat("anon"),
    file: stat("file"),
    shmem: stat("shmem"),
    activeFile: stat("active_file"),
    inactiveFile: stat("inactive_file"),
    mappedFile: stat("file_mapped"),
    kernel: stat("kernel"),
    slabReclaimable: stat("slab_reclaimable"),
    swap: files["memory.swap.current"] === null ? null : numberOf(files, "memory.swap.current"),
    peak: numberOf(files, "memory.peak"),
  });
}

needs(
  "qemu",
  "kernel",
  "busybox",
  "docker",
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
      withDocker: true,
      deadline: 90_000,
    });
    if (process.env.TARE_GUEST_LOG) console.log(booted.serial);
  }, 120_000);

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
      pids: { value: 20, ancestor: null },
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
  });

  test("a kill for memory is counted, and so are the hits of the limit", () => {
    const { first, last, files } = result<{ first: Reading; last: Reading; files: Files }>("killed");
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

  test("a Docker container inside is weighed as the files and Docker's own stats say", () => {
    const rest = result<
      AtRest & { version: string; id: string; memoryStats: { usage: number; stats: { anon: number } } }
    >("docker");
    expect(rest.version).toBe("2");
    expectMemoryOfFiles(rest);
    expect(rest.reading.memory?.anon).toBeGreaterThanOrEqual(16 * MiB);
    // Docker looks a moment later: within the kernel's batches of 64 pages a core.
    const off = Math.abs(rest.memoryStats.usage - (rest.reading.memory?.charged ?? Number.NaN));
    expect(off).toBeLessThan(MiB / 2);
    expect(rest.memoryStats.stats.anon).toBe(rest.reading.memory?.anon);
    expect(rest.reading.limits).toMatchObject({
      memory: { value: 64 * MiB, ancestor: null },
      cpu: { value: 0.5, ancestor: null },
      pids: { value: 30, ancestor: null },
    });
    // Its own namespace, with nothing in it but lo: known, and nothing.
    expect(rest.reading.network).toEqual({ received: 0, sent: 0 });
  });

  test("its shim is its helper, and its removal is seen", () => {
    const { helpers } = result<{ helpers: readonly { name: string; private: number }[] }>("helpers");
    expect(helpers).toHaveLength(1);
    expect(helpers[0]).toMatchObject({ name: "containerd-shim" });
    expect(helpers[0]?.private).toBeGreaterThan(MiB);
    expect(result<object>("removed")).toMatchObject({ reading: "gone" });
  });
});
