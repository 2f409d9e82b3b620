import { rmdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { kernelLog } from "../../electron/live/kernel-log.ts";
import { cgroupMounts } from "../../electron/machine/cgroup-paths.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { readers } from "../../electron/readers/readers.ts";
import type { CgroupPaths } from "../../shared/model/instance.ts";
import { make, root, start, stop } from "./boxes.ts";
import { clockJumps } from "./clock.ts";
import { engines } from "./engines.ts";
import { atRest, filesOf, pause, tell, textOf, until } from "./kernel.ts";

// Runs inside the guest: makes cgroups with known loads, weighs them with the reader, and prints each reading beside
// the kernel's own files, one JSON line each. What must hold between the two is asserted outside.

const open = readers(systemClock);

const pathsOf = (unified: string): CgroupPaths => ({
  ...{ unified, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null },
});
const reader = (folder: string) => open({ via: "cgroup", paths: pathsOf(folder), pid: null, container: "" });

async function memory() {
  const folder = make("tare-memory", { "memory.max": "96M", "cpu.max": "50000 100000", "pids.max": "40" });
  // 24 MiB anonymous: dd fills its buffer, then waits for a reader that never reads. /root is a ramfs: page cache.
  const load = "dd if=/dev/zero of=/dev/shm/a bs=1M count=6; dd if=/dev/zero of=/root/b bs=1M count=12";
  start(folder, `${load}; dd if=/dev/zero bs=24M count=1 | sleep 1000`);
  const loaded = () => Number(textOf(folder, "memory.current")) > 42 * 2 ** 20;
  await until("the load is there", loaded);
  tell("memory", await atRest(folder, () => reader(folder)));
  const one = reader(folder);
  tell("detail", { detail: await one.describe() });
  one.close();
  await stop(folder);
}

async function limits() {
  const parent = make("tare-limits", {
    "memory.max": "64M",
    "memory.high": "60M",
    "cpu.max": "30000 100000",
    "pids.max": "25",
    "cgroup.subtree_control": "+memory +cpu +pids",
  });
  const child = make("tare-limits/box", { "memory.max": "96M", "pids.max": "20" });
  const inner = reader(child);
  const outer = reader(parent);
  tell("limits", { inner: inner.read(), outer: outer.read() });
  // Taken from the children: the cgroup stands, its memory files are gone.
  writeFileSync(`${parent}/cgroup.subtree_control`, "-memory");
  tell("taken", { first: inner.read(), second: inner.read() });
  rmdirSync(child);
  tell("gone", { reading: inner.read(), again: inner.read() });
  outer.close();
}

async function throttled() {
  const folder = make("tare-throttled", { "cpu.max": "20000 100000" });
  start(folder, "while :; do :; done");
  await until("it is throttled", () => /nr_throttled [1-9]/.test(textOf(folder, "cpu.stat") ?? ""));
  const one = reader(folder);
  const first = one.read();
  await pause(2_500);
  const before = filesOf(folder);
  const second = one.read();
  tell("throttled", { first, second, before, after: filesOf(folder) });
  one.close();
  await stop(folder);
}

async function killed() {
  // No CPU quota: with a fifth of a core this takes most of a minute.
  const folder = make("tare-killed", { "memory.max": "32M" });
  const log = kernelLog();
  log.take(); // what was there before
  const one = reader(folder);
  const first = one.read();
  const child = start(folder, "tail /dev/zero");
  await new Promise((done) => child.on("exit", done));
  await until("the kill is counted", () => /oom_kill [1-9]/.test(textOf(folder, "memory.events") ?? ""));
  const readings = [one.read(), one.read(), one.read(), one.read(), one.read()];
  const kills = log.take();
  log.close();
  tell("killed", { first, last: readings.at(-1), files: filesOf(folder), kills });
  one.close();
}

async function forked() {
  const folder = make("tare-forked", { "pids.max": "10" });
  start(folder, "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do sleep 1000 & done; wait");
  await until("the limit is hit", () => /max [1-9]/.test(textOf(folder, "pids.events") ?? ""));
  tell("forked", await atRest(folder, () => reader(folder)));
  await stop(folder);
}

/** Soft limit, protections, CPUs and huge pages: what is looked up only for the panel, with what the kernel counted. */
async function kept() {
  const parent = make("tare-kept", { "memory.low": "6M", "cgroup.subtree_control": "+memory +pids" });
  const folder = make("tare-kept/box", {
    ...{ "memory.low": "12M", "memory.min": "4M", "memory.high": "8M", "pids.max": "6" },
  });
  const pinned = make("tare-pinned", { "cpuset.cpus": "0", "hugetlb.2MB.max": "4M" });
  // A file in memory can't be taken back without swap: above the soft limit its writer is held up.
  start(folder, "dd if=/dev/zero of=/dev/shm/kept bs=1M count=9; sleep 1000 & wait");
  await until("the soft limit is hit", () => /high [1-9]/.test(textOf(folder, "memory.events") ?? ""));
  start(folder, "for i in 1 2 3 4 5 6 7 8; do sleep 1000 & done; wait");
  await until("the pids limit is hit", () => /max [1-9]/.test(textOf(folder, "pids.events") ?? ""));
  const rest = await atRest(folder, () => reader(folder));
  const one = reader(folder);
  const held = reader(pinned);
  tell("kept", {
    ...rest,
    detail: await one.describe(),
    pinned: await held.describe(),
    cpus: cpus().length,
    after: filesOf(folder),
  });
  one.close();
  held.close();
  await stop(folder);
  for (const made of [folder, parent, pinned]) rmdirSync(made);
}

const mounts = cgroupMounts();
tell("facts", {
  version: mounts?.version,
  unified: mounts?.unified,
  controllers: textOf(root, "cgroup.controllers"),
});
await memory();
await limits();
await throttled();
await killed();
await forked();
await kept();
await clockJumps();
await engines(open);
process.exit(0);
