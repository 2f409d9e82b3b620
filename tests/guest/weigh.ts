import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { cgroupMounts, cgroupsOf } from "../../electron/machine/cgroup-paths.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { cgroupReaders } from "../../electron/readers/cgroup/cgroup.ts";
import { helpersFinder } from "../../electron/readers/helpers/helpers.ts";
import type { CgroupPaths } from "../../shared/model/instance.ts";

// Runs inside the guest: makes cgroups with known loads, weighs them with the reader, and prints each reading beside
// the kernel's own files, one JSON line each. What must hold between the two is asserted outside.

const root = "/sys/fs/cgroup";
const helpersOf = helpersFinder(systemClock);
const open = cgroupReaders(systemClock, helpersOf);

const tell = (name: string, what: object) => console.log(JSON.stringify({ name, ...what }));
const textOf = (folder: string, file: string) => {
  try {
    return readFileSync(`${folder}/${file}`, "utf8");
  } catch {
    return null;
  }
};
const pause = (wait: number) => new Promise((done) => setTimeout(done, wait));
const seen = ["memory.current", "memory.stat", "memory.peak", "memory.events", "memory.swap.current"];
const others = ["cpu.stat", "pids.current", "io.stat", "cpu.pressure", "memory.pressure", "io.pressure"];
const settings = ["memory.max", "memory.high", "memory.swap.max", "cpu.max", "cpu.weight", "pids.max"];
const filesOf = (folder: string) =>
  Object.fromEntries([...seen, ...others, ...settings].map((file) => [file, textOf(folder, file)]));

async function until(what: string, holds: () => boolean, wait = 30_000): Promise<void> {
  for (const end = Date.now() + wait; !holds(); await pause(20))
    if (Date.now() > end) throw new Error(`waited ${wait} ms in vain: ${what}`);
}

function make(path: string, values: Record<string, string> = {}): string {
  const folder = `${root}/${path}`;
  mkdirSync(folder);
  for (const [file, value] of Object.entries(values)) writeFileSync(`${folder}/${file}`, value);
  return folder;
}
const pathsOf = (unified: string): CgroupPaths => ({
  ...{ unified, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null },
});
const reader = (folder: string, pid: number | null = null, container = "") =>
  open({ via: "cgroup", paths: pathsOf(folder), pid, container });

/** A process group of its own in the cgroup, so that all of it can be ended at once. */
function start(folder: string, script: string): ChildProcess {
  return spawn("sh", ["-c", `echo 0 > ${folder}/cgroup.procs; ${script}`], {
    detached: true,
    stdio: "ignore",
  });
}
async function stop(folder: string): Promise<void> {
  writeFileSync(`${folder}/cgroup.kill`, "1");
  await until(`${folder} is empty`, () => textOf(folder, "cgroup.procs") === "");
}

/** A reading taken while the kernel's files stood still: they read the same before and after. */
async function atRest(folder: string, pid: number | null = null, container = "") {
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(50)) {
    const before = filesOf(folder);
    const one = reader(folder, pid, container);
    const reading = one.read();
    one.close();
    const after = filesOf(folder);
    if (seen.every((file) => before[file] === after[file])) return { reading, files: after };
  }
  throw new Error(`${folder} never stood still`);
}

async function memory() {
  const folder = make("tare-memory", { "memory.max": "96M", "cpu.max": "50000 100000", "pids.max": "40" });
  // 24 MiB anonymous: dd fills its buffer, then waits for a reader that never reads. /root is a ramfs: page cache.
  const load = "dd if=/dev/zero of=/dev/shm/a bs=1M count=6; dd if=/dev/zero of=/root/b bs=1M count=12";
  start(folder, `${load}; dd if=/dev/zero bs=24M count=1 | sleep 1000`);
  const loaded = () => Number(textOf(folder, "memory.current")) > 42 * 2 ** 20;
  await until("the load is there", loaded);
  tell("memory", await atRest(folder));
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
  const one = reader(folder);
  const first = one.read();
  const child = start(folder, "tail /dev/zero");
  await new Promise((done) => child.on("exit", done));
  await until("the kill is counted", () => /oom_kill [1-9]/.test(textOf(folder, "memory.events") ?? ""));
  const readings = [one.read(), one.read(), one.read(), one.read(), one.read()];
  tell("killed", { first, last: readings.at(-1), files: filesOf(folder) });
  one.close();
}

async function forked() {
  const folder = make("tare-forked", { "pids.max": "10" });
  start(folder, "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do sleep 1000 & done; wait");
  await until("the limit is hit", () => /max [1-9]/.test(textOf(folder, "pids.events") ?? ""));
  tell("forked", await atRest(folder));
  await stop(folder);
}

function api(method: string, path: string, body: object | Buffer | null = null): Promise<string> {
  return new Promise((resolve, reject) => {
    const data = body === null ? "" : Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const type = Buffer.isBuffer(body) ? "application/x-tar" : "application/json";
    const call = request(
      {
        socketPath: "/var/run/docker.sock",
        method,
        path: `/v1.41${path}`,
        headers: { "content-type": type },
      },
      (answer) => {
        let text = "";
        answer.on("data", (piece) => (text += piece));
        answer.on("end", () =>
          (answer.statusCode ?? 500) < 400
            ? resolve(text)
            : reject(new Error(`${answer.statusCode} ${text}`)),
        );
      },
    );
    call.on("error", reject);
    call.end(data);
  });
}

async function docker() {
  let version: { CgroupVersion?: string } | null = null;
  for (const end = Date.now() + 40_000; version === null && Date.now() < end; await pause(100))
    version = await api("GET", "/info").then(JSON.parse, () => null);
  await api("POST", "/images/create?fromSrc=-&repo=tare-busybox&tag=1", readFileSync("/test/image.tar"));
  const { Id: id } = JSON.parse(
    await api("POST", "/containers/create?name=tare-guest-web", {
      Image: "tare-busybox:1",
      Cmd: ["/bin/sh", "-c", "dd if=/dev/zero bs=16M count=1 | sleep 1000"],
      HostConfig: { NetworkMode: "none", Memory: 64 * 2 ** 20, NanoCpus: 5e8, PidsLimit: 30 },
    }),
  );
  await api("POST", `/containers/${id}/start`);
  const pid = JSON.parse(await api("GET", `/containers/${id}/json`)).State.Pid;
  const paths = cgroupsOf(pid);
  const folder = paths?.unified ?? "";
  await until("the load is there", () => Number(textOf(folder, "memory.current")) > 16 * 2 ** 20);
  await until("its shim is weighed", () => (helpersOf(id)[0]?.private ?? null) !== null);
  const rest = await atRest(folder, pid, id);
  const stats = JSON.parse(await api("GET", `/containers/${id}/stats?stream=false&one-shot=true`));
  tell("docker", { version: version?.CgroupVersion, id, paths, ...rest, memoryStats: stats.memory_stats });
  tell("helpers", { helpers: helpersOf(id) });
  const one = reader(folder, pid, id);
  one.read();
  await api("DELETE", `/containers/${id}?force=true`);
  await until("the cgroup is gone", () => textOf(folder, "cgroup.procs") === null);
  tell("removed", { reading: one.read() });
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
if (textOf("/test", "image.tar") !== null) await docker();
process.exit(0);
