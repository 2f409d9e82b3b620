import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cgroups } from "../../../../../electron/engines/cgroups/cgroups.ts";
import type { News } from "../../../../../electron/engines/engine.ts";
import type { CgroupMounts } from "../../../../../electron/machine/cgroup-paths.ts";
import { systemClock } from "../../../../../electron/machine/clock.ts";
import { manualClock } from "../../../../manual-clock.ts";

const id = "3f9c0b".padEnd(64, "0");
const other = "a1b2c3".padEnd(64, "f");
let root: string;
let proc: string;
let news: News[];
let stop: AbortController;
let watching: Promise<unknown>;

/** A cgroup with these processes in it; names are bytes. */
function group(path: string, ...pids: number[]): void {
  mkdirSync(Buffer.from(join(root, path), "latin1"), { recursive: true });
  writeFileSync(
    Buffer.from(join(root, path, "cgroup.procs"), "latin1"),
    pids.map((pid) => `${pid}\n`).join(""),
  );
}
const remove = (path: string) => rmSync(Buffer.from(join(root, path), "latin1"), { recursive: true });

function process(pid: number, comm: string, exe = "/bin/x", ...args: string[]): void {
  mkdirSync(join(proc, String(pid)));
  writeFileSync(join(proc, String(pid), "comm"), `${comm}\n`);
  writeFileSync(join(proc, String(pid), "stat"), `${pid} (${comm}) S ${"1 ".repeat(18)}90000 0 0\n`);
  writeFileSync(join(proc, String(pid), "cmdline"), [exe, ...args, ""].join("\0"));
  symlinkSync(exe, join(proc, String(pid), "exe"));
}

const mounts = (): CgroupMounts => ({ version: "v2", unified: root, controllers: new Map() });
function watch(options: Partial<Parameters<typeof cgroups>[0]> = {}) {
  watching = cgroups({ services: false, mounts: mounts(), proc, ...options })
    .watch((one) => news.push(one), stop.signal)
    .catch((error: unknown) => error);
}
const all = () => news.flatMap((one) => ("all" in one ? one.all : []));
const come = () => news.flatMap((one) => ("came" in one ? [one.came.id] : []));
const gone = () => news.flatMap((one) => ("went" in one ? [one.went] : []));
const events = () =>
  news.flatMap((one) => ("event" in one ? [`${one.event.kind} ${one.event.instance}`] : []));
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tare-cgroups-"));
  proc = mkdtempSync(join(tmpdir(), "tare-proc-"));
  writeFileSync(join(proc, "uptime"), "1000.00 1.00\n");
  news = [];
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await watching;
  rmSync(root, { recursive: true });
  rmSync(proc, { recursive: true });
});

test("claims what stands there, with the ids that the engines' own claims have", () => {
  process(41, "nginx");
  group(`/docker/${id}`, 42, 41);
  group("/lxc.payload.web");
  group("/lxc.payload.web/init.scope", 43);
  group("/lxc.monitor.web", 44);
  group(`/machine.slice/libpod-conmon-${other}.scope`, 45);
  group("/machine.slice/machine-qemu\\x2d1\\x2dvm.scope/libvirt/emulator", 46);
  group("/system.slice/ssh.service", 47);
  group("/docker/empty", 48);
  const clock = manualClock();
  watch({ clock });
  expect(news[0]).toEqual({ ready: { version: "v2", where: root } });
  expect(all()).toHaveLength(2);
  expect(all()[0]).toMatchObject({
    engine: "docker",
    id: `docker:${id}`,
    kind: "container",
    name: "3f9c0b000000",
    state: "running",
    startedAt: clock.now() - 100_000, // began 900 s after boot, it is 1,000 s
    handle: {
      via: "cgroup",
      paths: { unified: `${root}/docker/${id}`, memory: null },
      pid: 41,
      container: id,
    },
    pid: null,
  });
  expect(all()[1]).toMatchObject({
    id: "lxc:web",
    handle: { paths: { unified: `${root}/lxc.payload.web` }, pid: 43 },
  });
});

test("hears of births and deaths from the kernel; a group is born before its first process", async () => {
  watch();
  expect(all()).toEqual([]);
  group("/lxc.payload.web");
  group(`/deep/er/libpod_parent/libpod-${id}`, 41);
  await eventually(() => expect(come()).toEqual([`podman:${id}`]));
  group("/lxc.payload.web", 42);
  await eventually(() => expect(come()).toContain("lxc:web"));
  remove("/lxc.payload.web");
  await eventually(() => expect(gone()).toEqual(["lxc:web"]));
  remove("/deep");
  await eventually(() => expect(gone()).toContain(`podman:${id}`));
  expect(events()).toEqual(["started lxc:web", "stopped lxc:web"]);
});

test("a group that is made again under its old name is another", async () => {
  group(`/docker/${id}`, 41);
  group("/keeps/an/inode", 1);
  watch();
  expect(all()).toHaveLength(1);
  // Made before the old one goes, so that the file system can't give it the same inode.
  group("/new", 42);
  remove(`/docker/${id}`);
  const { renameSync } = await import("node:fs");
  renameSync(join(root, "new"), join(root, `docker/${id}`));
  await eventually(() => expect(come()).toEqual([`docker:${id}`]));
  expect(gone()).toEqual([`docker:${id}`]);
});

test("falls back to a walk every two seconds where there is no inotify left, and says so", async () => {
  const clock = manualClock();
  watch({ clock, inotify: false });
  expect(news).toContainEqual({
    looked: [
      { where: root, found: true },
      { where: "inotify", found: false },
    ],
  });
  group("/lxc.payload.web", 41);
  await clock.pass(1_000);
  expect(come()).toEqual([]);
  await clock.pass(1_500);
  expect(come()).toEqual(["lxc:web"]);
  remove("/lxc.payload.web");
  await clock.pass(2_500);
  expect(gone()).toEqual(["lxc:web"]);
});

test("looks every half minute whether somebody is still inside", async () => {
  const clock = manualClock();
  group("/lxc.payload.web", 41);
  watch({ clock });
  group("/lxc.payload.web");
  await clock.pass(31_000);
  expect(gone()).toEqual(["lxc:web"]);
  group("/lxc.payload.web", 42);
  await clock.pass(31_000);
  expect(come()).toEqual(["lxc:web"]);
});

test("a pod's sandbox is no instance", () => {
  const uid = "9d1f2a34-5b6c-4d7e-8f90-a1b2c3d4e5f6";
  process(41, "pause");
  process(42, "nginx");
  group(`/kubepods/burstable/pod${uid}/${other}`, 41);
  group(`/kubepods/burstable/pod${uid}/${id}`, 42);
  watch();
  expect(all().map(({ id, group }) => [id, group])).toEqual([[`kubernetes:${id}`, uid]]);
});

test("what the path does not tell, a shim does", async () => {
  process(40, "containerd-shim", "/usr/bin/containerd-shim-runc-v2", "-namespace", "moby", "-id", id);
  process(41, "containerd-shim", "/usr/bin/containerd-shim-runc-v2", "-namespace", "default", "-id", "job.1");
  group(`/my/own/parent/${id}`, 42);
  group("/default/job.1", 43);
  group("/default/job.2", 44);
  group(`/other/${other}`, 45);
  watch();
  expect(all().map(({ id, name }) => [id, name])).toEqual([
    ["containerd:job.1", "job.1"],
    [`docker:${id}`, "3f9c0b000000"],
  ]);
});

test("what runs inside of a container is counted in it, once", () => {
  group(`/docker/${other}/docker/${id}`, 41);
  group(`/docker/${other}/system.slice/ssh.service`, 42);
  watch({ services: true });
  expect(all().map((claim) => claim.id)).toEqual([`docker:${other}`]);
});

test("plain services only when asked for, and not those that hold something themselves", () => {
  group("/system.slice/my\\x2dweb.service", 41);
  group("/user.slice/user-0.slice/user@0.service/app.slice/app.service", 42);
  group(`/system.slice/quad.service/libpod-payload-${id}`, 43);
  watch({ services: true });
  expect(all().map(({ id, engine, name }) => [id, engine, name])).toEqual([
    ["cgroup:/system.slice/my\\x2dweb.service", "cgroup", "my-web"],
    [`podman:${id}`, "podman", "3f9c0b000000"],
    ["cgroup:/user.slice/user-0.slice/user@0.service/app.slice/app.service", "cgroup", "app"],
  ]);
});

test("a name that is no text stays the bytes that it is", () => {
  const name = "caf\xe9\xff"; // latin1 bytes that are no UTF-8
  group(`/lxc.payload.${name}`, 41);
  watch();
  expect(all()[0]).toMatchObject({
    id: `lxc:${name}`,
    name: "caf\ufffd\ufffd",
    handle: { paths: { unified: `${root}/lxc.payload.${name}` } },
  });
});

test("v1: the hierarchy that weighs is walked, and each controller's path is its own", () => {
  for (const controller of ["memory", "cpu", "pids", "systemd"]) mkdirSync(join(root, controller));
  const controllers = new Map(["memory", "cpu", "pids"].map((name) => [name, join(root, name)] as const)).set(
    "name=systemd",
    join(root, "systemd"),
  );
  process(41, "nginx");
  // The cpu controller has it elsewhere; its pids line is its neighbours'.
  writeFileSync(
    join(proc, "41/cgroup"),
    `4:cpu:/sub/docker/${id}/x\n3:memory:/docker/${id}\n2:pids:/system.slice\n`,
  );
  group(`/memory/docker/${id}`, 41);
  group("/systemd/machine.slice/systemd-nspawn@box.service/payload", 42);
  watch({ mounts: { version: "v1", unified: null, controllers } });
  expect(all()).toMatchObject([
    {
      handle: {
        paths: { memory: `${root}/memory/docker/${id}`, cpu: `${root}/cpu/sub/docker/${id}`, pids: null },
      },
    },
    // Found, but nothing weighs it.
    { id: "nspawn:box", handle: null },
  ]);
});

test("says where there are no cgroups", async () => {
  const failed = cgroups({ services: false, mounts: null, clock: systemClock }).watch(
    () => undefined,
    stop.signal,
  );
  await expect(failed).rejects.toMatchObject({ code: "absent" });
});
