import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EngineFailure, type News } from "../../../../../electron/engines/engine.ts";
import { qemu } from "../../../../../electron/engines/qemu/qemu.ts";
import { manualClock } from "../../../../manual-clock.ts";
import { fakeProc, qemuPath } from "./fake-proc.ts";

const ms = 1;
const MiB = 2 ** 20;
let fake: ReturnType<typeof fakeProc>;
let clock: ReturnType<typeof manualClock>;
let news: News[];
let stop: AbortController;
let watching: Promise<unknown>;

const come = () => news.flatMap((one) => ("came" in one ? [one.came] : []));
const gone = () => news.flatMap((one) => ("went" in one ? [one.went] : []));
const first = () => news.flatMap((one) => ("all" in one ? one.all : []));
const events = () =>
  news.flatMap((one) => ("event" in one ? [`${one.event.kind} ${one.event.instance}`] : []));

async function watch() {
  watching = qemu({ proc: fake.proc, clock })
    .watch((one) => news.push(one), stop.signal)
    .catch((error: unknown) => error);
  await clock.pass(0);
}

beforeEach(() => {
  fake = fakeProc();
  clock = manualClock();
  news = [];
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await watching;
  fake.remove();
});

test("claims who runs, with process, size and start", async () => {
  fake.start(70, 90_000, qemuPath, "-name", "web", "-m", "256", "-smp", "2", "-M", "q35");
  fake.start(71, 90_000, "/usr/bin/qemu-img", "convert");
  fake.start(72, 90_000, "/bin/sh", "-c", "qemu-system-x86_64");
  await watch();
  expect(news[0]).toEqual({ ready: { version: null, where: fake.proc } });
  expect(first()).toHaveLength(1);
  expect(first()[0]).toMatchObject({
    id: "qemu:70",
    kind: "vm",
    name: "web",
    state: "running",
    startedAt: clock.now() - 100_000 * ms, // began 900 s after boot, that is 100 s ago
    virtualization: { vcpus: 2, configured: 256 * MiB, machine: "q35", accelerator: "tcg" },
    handle: { via: "process", pid: 70, ticks: 90_000 },
    pid: 70,
  });
  expect(events()).toEqual([]);
});

test("names a VM without a name by its disk, else by its pid", async () => {
  fake.start(70, 1, qemuPath, "-hda", "/srv/debian.qcow2");
  fake.start(71, 1, qemuPath);
  await watch();
  expect(first().map(({ name }) => name)).toEqual(["debian.qcow2", "qemu-71"]);
});

test("keeps nothing of the arguments but what it names", async () => {
  fake.start(
    70,
    1,
    qemuPath,
    "-name",
    "web",
    "-fw_cfg",
    "name=opt/x,string=secret-word",
    "-append",
    "password=secret-word",
  );
  await watch();
  await clock.pass(5_000 * ms);
  expect(JSON.stringify(news)).not.toContain("secret-word");
});

test("tells within a second who came and who went", async () => {
  await watch();
  fake.start(70, 99_950, qemuPath, "-name", "web");
  await clock.pass(1_000 * ms);
  expect(come().map(({ id }) => id)).toEqual(["qemu:70"]);
  fake.end(70);
  await clock.pass(1_000 * ms);
  expect(gone()).toEqual(["qemu:70"]);
  expect(events()).toEqual(["started qemu:70", "stopped qemu:70"]);
});

test("lists no processes while no pid was given, but looks at those that may yet change", async () => {
  fake.newest(71);
  fake.start(70, 99_990, "/bin/sh", "-c", "exec");
  await watch();
  fake.become(70, qemuPath, "-name", "soon");
  await clock.pass(1_000 * ms);
  expect(come().map(({ name }) => name)).toEqual(["soon"]);
  await clock.pass(5_000 * ms);
  fake.start(71, 99_950, qemuPath, "-name", "web");
  await clock.pass(2_000 * ms);
  expect(come()).toHaveLength(1);
  fake.newest(72);
  await clock.pass(1_000 * ms);
  expect(come().map(({ name }) => name)).toEqual(["soon", "web"]);
  // An end is seen all the same.
  fake.end(71);
  await clock.pass(1_000 * ms);
  expect(gone()).toEqual(["qemu:71"]);
});

test("never takes another process for the one that had its pid", async () => {
  fake.start(70, 1_000, qemuPath, "-name", "old", "-m", "64");
  await watch();
  fake.end(70);
  fake.start(70, 99_000, qemuPath, "-name", "new", "-m", "128");
  await clock.pass(1_000 * ms);
  expect(gone()).toEqual(["qemu:70"]);
  expect(come()[0]).toMatchObject({ id: "qemu:70", name: "new", handle: { ticks: 99_000 } });
  fake.end(70);
  fake.start(70, 99_100, "/bin/sleep", "60");
  await clock.pass(1_000 * ms);
  expect(gone()).toEqual(["qemu:70", "qemu:70"]);
  expect(come()).toHaveLength(1);
});

test("sees a process that becomes QEMU: at once in its first seconds, later within half a minute", async () => {
  fake.start(70, 99_990, "/bin/sh", "-c", "exec");
  fake.start(71, 99_990, "/bin/sh", "-c", "sleep 20; exec");
  await watch();
  fake.become(70, qemuPath, "-name", "soon");
  await clock.pass(1_000 * ms);
  expect(come().map(({ name }) => name)).toEqual(["soon"]);
  await clock.pass(9_000 * ms);
  fake.become(71, qemuPath, "-name", "late");
  await clock.pass(5_000 * ms);
  expect(come()).toHaveLength(1);
  await clock.pass(20_000 * ms);
  expect(come().map(({ name }) => name)).toEqual(["soon", "late"]);
});

test("leaves libvirt's comings and goings to libvirt", async () => {
  await watch();
  fake.start(
    70,
    99_950,
    qemuPath,
    "-name",
    "guest=web",
    "-uuid",
    "5a1c0000-0000-4000-8000-00000000000f",
    "-object",
    '{"qom-type":"secret","file":"/var/lib/libvirt/qemu/domain-1-web/master-key.aes"}',
    "-S",
  );
  await clock.pass(1_000 * ms);
  expect(come()[0]).toMatchObject({ uuid: "5a1c0000-0000-4000-8000-00000000000f", state: "unknown" });
  expect(events()).toEqual([]);
});

test("says where there is no /proc", async () => {
  const failed = qemu({ proc: join(fake.proc, "none"), clock }).watch(() => undefined, stop.signal);
  await expect(failed).rejects.toThrow(EngineFailure);
});
