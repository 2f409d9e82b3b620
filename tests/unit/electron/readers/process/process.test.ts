import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { clockTicks, pageSize } from "../../../../../electron/machine/auxv.ts";
import { systemClock } from "../../../../../electron/machine/clock.ts";
import { descriptors } from "../../../../../electron/machine/held-file.ts";
import { openProcess } from "../../../../../electron/readers/process/process.ts";
import type { Reader } from "../../../../../electron/readers/reader.ts";
import { untold } from "../../../../../shared/model/detail.ts";
import type { Reading } from "../../../../../shared/model/reading.ts";

/** Field of /proc/PID/stat as the manual counts it, read independently. */
const field = (pid: number, which: number) =>
  Number(
    readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /s, "")
      .split(" ")[which - 3],
  );
const handleOf = (pid: number) => ({ via: "process" as const, pid, ticks: field(pid, 22), paths: null });

let child: ChildProcess | null = null;
afterEach(() => {
  child?.kill("SIGKILL");
  child = null;
});
function start(): number {
  child = spawn("sleep", ["100.2525"], { stdio: "ignore" });
  if (child.pid === undefined) throw new Error("no sleep");
  return child.pid;
}
const ended = (one: ChildProcess) => new Promise((done) => one.once("exit", done));

describe.runIf(process.platform === "linux")("the reader of a process", () => {
  test("this process: CPU, resident set, threads and disk as /proc says", () => {
    const reader = openProcess(handleOf(process.pid), null, systemClock);
    const reading = reader.read() as Reading;
    const ticks = field(process.pid, 14) + field(process.pid, 15);
    expect(Math.abs((reading.cpu?.used ?? 0) / 1e9 - ticks / clockTicks)).toBeLessThanOrEqual(2 / clockTicks);
    const resident = Number(readFileSync("/proc/self/statm", "latin1").split(" ")[1]) * pageSize;
    expect(Math.abs((reading.resident ?? 0) - resident)).toBeLessThan(32 * 2 ** 20);
    expect(reading.pids).toBe(field(process.pid, 20));
    expect(reading.io?.read).toBeGreaterThanOrEqual(0);
    expect(reading).toMatchObject({ memory: null, guest: null, helpers: null, network: null, limits: null });
    reader.close();
  });

  test("another start time is another process", () => {
    const { ticks, ...rest } = handleOf(process.pid);
    expect(() => openProcess({ ...rest, ticks: ticks + 1 }, null, systemClock)).toThrow("ESRCH");
    expect(() => openProcess({ ...rest, pid: 2 ** 30, ticks }, null, systemClock)).toThrow("ESRCH");
  });

  test("gone when it has ended, and every descriptor is back", async () => {
    const before = descriptors.held;
    const reader = openProcess(handleOf(start()), null, systemClock);
    expect(reader.read()).not.toBe("gone");
    const exit = child && ended(child);
    child?.kill("SIGKILL");
    await exit;
    expect(reader.read()).toBe("gone");
    expect(reader.read()).toBe("gone");
    expect(descriptors.held).toBe(before);
  });

  test("without a descriptor to spare, the start time tells as well", async () => {
    const most = descriptors.most;
    descriptors.most = 0;
    try {
      const reader = openProcess(handleOf(start()), null, systemClock);
      expect(reader.read()).toMatchObject({ pids: 1 });
      const exit = child && ended(child);
      child?.kill("SIGKILL");
      await exit;
      expect(reader.read()).toBe("gone");
    } finally {
      descriptors.most = most;
    }
  });

  test("its own cgroup's kernel memory and limits come along; that cgroup's end is not the process's", () => {
    const memory = { charged: 9, kernel: 3 };
    let answer: ReturnType<Reader["read"]> = { memory, limits: null } as unknown as Reading;
    let closed = 0;
    const around: Reader = {
      bounds: () => ({ ancestors: { memory: "/machine.slice" }, without: ["io"] }),
      lookAgain: () => undefined,
      read: () => answer,
      describe: () =>
        Promise.resolve({ ...untold, limits: [], processes: [], readFrom: ["/sys/fs/cgroup/x"] }),
      close: () => closed++,
    };
    const reader = openProcess(handleOf(process.pid), around, systemClock);
    expect(reader.read()).toMatchObject({ memory: { kernel: 3 } });
    answer = "gone";
    expect(reader.read()).toMatchObject({ memory: null, pids: field(process.pid, 20) });
    reader.close();
    expect(closed).toBe(1);
  });

  test("the detail has its name, threads and PSS, and no arguments", async () => {
    const pid = start();
    const reader = openProcess(handleOf(pid), null, systemClock);
    const detail = await reader.describe();
    expect(detail.processes).toEqual([
      { pid, name: "sleep", helper: false, threads: 1, memory: expect.any(Number) },
    ]);
    expect(JSON.stringify(detail)).not.toContain("100.2525");
    expect(detail.readFrom).toContain(`/proc/${pid}/statm`);
    reader.close();
  });
});
