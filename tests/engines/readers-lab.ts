import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { cgroupsOf } from "../../electron/machine/cgroup-paths.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { cgroupReaders } from "../../electron/readers/cgroup/cgroup.ts";
import { helpersFinder } from "../../electron/readers/helpers/helpers.ts";
import type { Reader } from "../../electron/readers/reader.ts";
import type { CgroupPaths } from "../../shared/model/instance.ts";
import type { Reading } from "../../shared/model/reading.ts";
import { busyboxImage, ensureBusyboxImage } from "./busybox-image.ts";

export const MiB = 2 ** 20;
export const prefix = "tare-readers-";
/** It looks for helpers every 15 s of a clock that is six times as fast here. */
export const helpersOf = helpersFinder({ ...systemClock, monotonic: () => 6 * systemClock.monotonic() });
const open = cgroupReaders(systemClock, helpersOf);

export const docker = (...args: readonly string[]) =>
  execFileSync("docker", args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
  }).trim();
/** Makes the image, and removes what an earlier run left. */
export const prepare = () => {
  sweep();
  ensureBusyboxImage();
};
export const sweep = () => {
  const left = docker("ps", "-aq", "--filter", `name=^${prefix}`).split("\n").filter(Boolean);
  if (left.length > 0) docker("rm", "-f", ...left);
};
export const pause = (wait: number) => new Promise((done) => setTimeout(done, wait));

export async function until(what: string, holds: () => boolean, wait = 20_000): Promise<void> {
  for (const end = Date.now() + wait; !holds(); await pause(20))
    if (Date.now() > end) throw new Error(`waited ${wait} ms in vain: ${what}`);
}

export type Box = {
  readonly name: string;
  readonly id: string;
  readonly pid: number;
  readonly paths: CgroupPaths;
};

/** A container without a network, or in the test's own: a daemon's default bridge need not be there. */
export function start(name: string, script: string, ...options: readonly string[]): Box {
  return startIn("none", name, script, ...options);
}

export function startIn(network: string, name: string, script: string, ...options: readonly string[]): Box {
  // A test that is tried once more finds the container of its first try.
  docker("rm", "-f", prefix + name);
  const id = docker(
    ...["run", "-d", "--name", prefix + name, "--network", network, ...options],
    ...[busyboxImage, "sh", "-c", script],
  );
  const pid = Number(docker("inspect", "-f", "{{.State.Pid}}", id));
  const paths = cgroupsOf(pid);
  if (paths === null) throw new Error(`${name} has ended already`);
  return { name: prefix + name, id, pid, paths };
}
export const openBox = ({ id, pid, paths }: Box) => open({ via: "cgroup", paths, pid, container: id });
export const readingOf = (reader: Reader): Reading => {
  const reading = reader.read();
  if (reading === null || reading === "gone") throw new Error(`no reading but ${reading}`);
  return reading;
};

/** The kernel's own files, read independently of the reader: whichever version the controller has here. */
export const text = (path: string) => readFileSync(path, "latin1");
const number = (path: string) => Number(text(path));
const keyed = (path: string, key: string) => Number(new RegExp(`^${key} (\\d+)$`, "m").exec(text(path))?.[1]);
export const files = ({ paths }: Box) => {
  const v1 = paths.memory !== null;
  const stat = `${paths.memory ?? paths.unified}/memory.stat`;
  return {
    charged: () => number(v1 ? `${paths.memory}/memory.usage_in_bytes` : `${paths.unified}/memory.current`),
    anon: () => keyed(stat, v1 ? "total_rss" : "anon"),
    file: () => keyed(stat, v1 ? "total_cache" : "file"),
    shmem: () => keyed(stat, v1 ? "total_shmem" : "shmem"),
    inactiveFile: () => keyed(stat, v1 ? "total_inactive_file" : "inactive_file"),
    kernel: () => (v1 ? number(`${paths.memory}/memory.kmem.usage_in_bytes`) : keyed(stat, "kernel")),
    peak: () => number(v1 ? `${paths.memory}/memory.max_usage_in_bytes` : `${paths.unified}/memory.peak`),
    used: () =>
      paths.cpuacct === null
        ? keyed(`${paths.unified}/cpu.stat`, "usage_usec") * 1e3
        : number(`${paths.cpuacct}/cpuacct.usage`),
    throttled: () => keyed(`${paths.cpu ?? paths.unified}/cpu.stat`, "nr_throttled"),
    periods: () => keyed(`${paths.cpu ?? paths.unified}/cpu.stat`, "nr_periods"),
    pids: () => number(`${paths.pids ?? paths.unified}/pids.current`),
    pidsHit: () => keyed(`${paths.pids ?? paths.unified}/pids.events`, "max"),
    oomKills: () =>
      v1
        ? keyed(`${paths.memory}/memory.oom_control`, "oom_kill")
        : keyed(`${paths.unified}/memory.events`, "oom_kill"),
  };
};

/** A memory reading taken while the files stood still, and what they said. */
async function atRest(box: Box) {
  const own = files(box);
  const look = () => ({
    charged: own.charged(),
    anon: own.anon(),
    file: own.file(),
    shmem: own.shmem(),
    inactiveFile: own.inactiveFile(),
    kernel: own.kernel(),
    peak: own.peak(),
  });
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(50)) {
    const before = look();
    const reader = openBox(box);
    const reading = readingOf(reader);
    reader.close();
    if (JSON.stringify(look()) === JSON.stringify(before)) return { reading, files: before };
  }
  throw new Error("its memory never stood still");
}

/** `docker stats` in bytes: "64.55MiB / 96MiB". Its memory is charged less inactive file pages, to four digits. */
export function dockerStats(box: Box) {
  const [memory = "", pids = ""] = docker(
    "stats",
    "--no-stream",
    "--format",
    "{{.MemUsage}}|{{.PIDs}}",
    box.id,
  ).split("|");
  const [, value, unit] = /^([\d.]+)(B|KiB|MiB|GiB)/.exec(memory) ?? [];
  const scale = { B: 1, KiB: 1024, MiB, GiB: 1024 * MiB }[unit ?? ""] ?? Number.NaN;
  return { memory: Number(value) * scale, pids: Number(pids) };
}

export async function expectAsKernelAndDocker(box: Box): Promise<Reading> {
  const { reading, files: said } = await atRest(box);
  expect(reading.memory).toMatchObject(said);
  const stats = dockerStats(box);
  // Docker reads two seconds later: what the kernel did meanwhile (other work presses on memory) lies between two looks.
  const { files: after } = await atRest(box);
  const workingSets = [said, after].map(({ charged, inactiveFile }) => charged - inactiveFile);
  const most = Math.max(...workingSets);
  expect(stats.memory).toBeGreaterThan(Math.min(...workingSets) - 0.01 * most - 256 * 1024);
  expect(stats.memory).toBeLessThan(most + 0.01 * most + 256 * 1024);
  expect(stats.pids).toBe(reading.pids);
  return reading;
}
