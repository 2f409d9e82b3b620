import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sweepGuests } from "../../electron/lab/guest/leftovers.ts";
import { ownCgroup } from "../../electron/lab/guest/own-cgroup.ts";
import { cgroupMounts, cgroupsOf } from "../../electron/machine/cgroup-paths.ts";
import { readStartTicks } from "../../electron/machine/process-start.ts";
import { needs } from "../needs.ts";

const memory = 64 << 20;

needs("root")("a guest's own cgroup", () => {
  let guest: ChildProcess;
  let pid: number;
  let name: string;
  beforeEach(async () => {
    guest = spawn("sleep", ["600"]);
    await once(guest, "spawn");
    pid = guest.pid ?? 0;
    name = `${pid}-${readStartTicks("/proc", pid)}`;
  });
  afterEach(() => guest.kill("SIGKILL"));

  /** Where a process is now: the folder of its memory controller, and of its cpu controller. */
  const placesOf = (of: number) => {
    const paths = cgroupsOf(of);
    return { memory: paths?.memory ?? paths?.unified ?? "", cpu: paths?.cpu ?? paths?.unified ?? "" };
  };
  const text = (path: string) => readFileSync(path, "utf8").trim();

  test("holds that process alone, caps it by the kernel's own files, and is gone after its end", async () => {
    const before = placesOf(process.pid);
    const cgroup = ownCgroup(name, pid, { memory, cpus: 0.5 });
    const { memory: folder, cpu } = placesOf(pid);
    expect(folder.endsWith(`/tare-guest-${name}`)).toBe(true);
    expect(text(`${folder}/cgroup.procs`)).toBe(String(pid));
    const v1 = cgroupMounts()?.controllers.has("memory");
    expect(text(`${folder}/${v1 ? "memory.limit_in_bytes" : "memory.max"}`)).toBe(String(memory));
    expect(text(`${cpu}/${v1 ? "cpu.cfs_quota_us" : "cpu.max"}`).split(" ")[0]).toBe("50000");
    expect(placesOf(process.pid)).toEqual(before);
    const ended = once(guest, "exit");
    guest.kill("SIGKILL");
    await ended;
    await cgroup?.remove();
    expect([existsSync(folder), existsSync(cpu)]).toEqual([false, false]);
  });

  test("whole processors are its vCPUs' to keep to: no quota is set", () => {
    const own = placesOf(pid);
    const cgroup = ownCgroup(name, pid, { memory, cpus: null });
    const now = placesOf(pid);
    expect(now.memory).not.toBe(own.memory);
    if (cgroupMounts()?.controllers.has("cpu")) expect(now.cpu).toBe(own.cpu);
    guest.kill("SIGKILL");
    return cgroup?.remove();
  });

  test("of a Tare that was killed, it goes with what it held", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tare-cgroup-"));
    ownCgroup(name, pid, { memory, cpus: 0.5 });
    const { memory: own, cpu } = placesOf(pid);
    writeFileSync(join(folder, `${name}-${2 ** 22 + 1}-1`), "");
    expect(sweepGuests(folder)).toBe(1);
    await vi.waitFor(() => expect([existsSync(own), existsSync(cpu)]).toEqual([false, false]), 5_000);
    rmSync(folder, { recursive: true });
  });

  test("where none can be made the process stays where it is", () => {
    const before = placesOf(pid);
    const nowhere = {
      mounts: { version: "v2", unified: "/proc", controllers: new Map() } as const,
      own: "0::/",
    };
    expect(ownCgroup(name, pid, { memory, cpus: 1 }, nowhere)).toBeNull();
    expect(ownCgroup(name, pid, { memory, cpus: 1 }, { mounts: null, own: "" })).toBeNull();
    expect(placesOf(pid)).toEqual(before);
  });
});
