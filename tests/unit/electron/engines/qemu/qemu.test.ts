import { join } from "node:path";
import { expect, test } from "vitest";
import { EngineFailure } from "../../../../../electron/engines/engine.ts";
import { qemu } from "../../../../../electron/engines/qemu/qemu.ts";
import { qemuPath } from "./fake-proc.ts";
import { watchedQemu } from "./watched.ts";

const { its, come, watch } = watchedQemu();
const ms = 1;
const MiB = 2 ** 20;

const gone = () => its().news.flatMap((one) => ("went" in one ? [one.went] : []));
const first = () => its().news.flatMap((one) => ("all" in one ? one.all : []));
const events = () =>
  its().news.flatMap((one) => ("event" in one ? [`${one.event.kind} ${one.event.instance}`] : []));

test("claims who runs, with process, size and start", async () => {
  its().fake.start(70, 90_000, qemuPath, "-name", "web", "-m", "256", "-smp", "2", "-M", "q35");
  its().fake.start(71, 90_000, "/usr/bin/qemu-img", "convert");
  its().fake.start(72, 90_000, "/bin/sh", "-c", "qemu-system-x86_64");
  await watch();
  expect(its().news[0]).toEqual({ ready: { version: null, where: its().fake.proc } });
  expect(first()).toHaveLength(1);
  expect(first()[0]).toMatchObject({
    id: "qemu:70",
    kind: "vm",
    name: "web",
    state: "running",
    startedAt: its().clock.now() - 100_000 * ms, // began 900 s after boot, that is 100 s ago
    virtualization: { vcpus: 2, configured: 256 * MiB, machine: "q35", accelerator: "tcg" },
    handle: { via: "process", pid: 70, ticks: 90_000 },
    pid: 70,
  });
  expect(events()).toEqual([]);
});

test("names a VM without a name by its disk, else by its pid", async () => {
  its().fake.start(70, 1, qemuPath, "-hda", "/srv/debian.qcow2");
  its().fake.start(71, 1, qemuPath);
  await watch();
  expect(first().map(({ name }) => name)).toEqual(["debian.qcow2", "qemu-71"]);
});

test("keeps nothing of the arguments but what it names", async () => {
  its().fake.start(
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
  await its().clock.pass(5_000 * ms);
  expect(JSON.stringify(its().news)).not.toContain("secret-word");
});

test("tells within a second who came and who went", async () => {
  await watch();
  its().fake.start(70, 99_950, qemuPath, "-name", "web");
  await its().clock.pass(1_000 * ms);
  expect(come().map(({ id }) => id)).toEqual(["qemu:70"]);
  its().fake.end(70);
  await its().clock.pass(1_000 * ms);
  expect(gone()).toEqual(["qemu:70"]);
  expect(events()).toEqual(["started qemu:70", "stopped qemu:70"]);
});

test("lists no processes while no pid was given, but looks at those that may yet change", async () => {
  its().fake.newest(71);
  its().fake.start(70, 99_990, "/bin/sh", "-c", "exec");
  await watch();
  its().fake.become(70, qemuPath, "-name", "soon");
  await its().clock.pass(1_000 * ms);
  expect(come().map(({ name }) => name)).toEqual(["soon"]);
  await its().clock.pass(5_000 * ms);
  its().fake.start(71, 99_950, qemuPath, "-name", "web");
  await its().clock.pass(2_000 * ms);
  expect(come()).toHaveLength(1);
  its().fake.newest(72);
  await its().clock.pass(1_000 * ms);
  expect(come().map(({ name }) => name)).toEqual(["soon", "web"]);
  // An end is seen all the same.
  its().fake.end(71);
  await its().clock.pass(1_000 * ms);
  expect(gone()).toEqual(["qemu:71"]);
});

test("looks again at a pid that was given a second time, round the end of the pids too", async () => {
  its().fake.newest(500);
  its().fake.start(70, 1_000, "/bin/sleep", "60");
  its().fake.start(80, 1_000, "/bin/sleep", "60");
  await watch();
  await its().clock.pass(3_000 * ms);
  for (const [pid, newest] of [
    [80, 90], // from 500 round the end to 90
    [70, 81], // and from 90 round it again
  ] as const) {
    its().fake.end(pid);
    its().fake.start(pid, 99_950, qemuPath, "-name", `at-${pid}`);
    its().fake.newest(newest);
    await its().clock.pass(1_000 * ms);
  }
  expect(come().map(({ name }) => name)).toEqual(["at-80", "at-70"]);
});

test("never takes another process for the one that had its pid", async () => {
  its().fake.start(70, 1_000, qemuPath, "-name", "old", "-m", "64");
  await watch();
  its().fake.end(70);
  its().fake.start(70, 99_000, qemuPath, "-name", "new", "-m", "128");
  await its().clock.pass(1_000 * ms);
  expect(gone()).toEqual(["qemu:70"]);
  expect(come()[0]).toMatchObject({ id: "qemu:70", name: "new", handle: { ticks: 99_000 } });
  its().fake.end(70);
  its().fake.start(70, 99_100, "/bin/sleep", "60");
  await its().clock.pass(1_000 * ms);
  expect(gone()).toEqual(["qemu:70", "qemu:70"]);
  expect(come()).toHaveLength(1);
});

test("sees a process that becomes QEMU: at once in its first seconds, later within half a minute", async () => {
  its().fake.start(70, 99_990, "/bin/sh", "-c", "exec");
  its().fake.start(71, 99_990, "/bin/sh", "-c", "sleep 20; exec");
  await watch();
  its().fake.become(70, qemuPath, "-name", "soon");
  await its().clock.pass(1_000 * ms);
  expect(come().map(({ name }) => name)).toEqual(["soon"]);
  await its().clock.pass(9_000 * ms);
  its().fake.become(71, qemuPath, "-name", "late");
  await its().clock.pass(5_000 * ms);
  expect(come()).toHaveLength(1);
  await its().clock.pass(20_000 * ms);
  expect(come().map(({ name }) => name)).toEqual(["soon", "late"]);
});

test("leaves libvirt's comings and goings to libvirt", async () => {
  await watch();
  its().fake.start(
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
  await its().clock.pass(1_000 * ms);
  expect(come()[0]).toMatchObject({ uuid: "5a1c0000-0000-4000-8000-00000000000f", state: "unknown" });
  expect(events()).toEqual([]);
});

test("says where there is no /proc", async () => {
  const failed = qemu({ proc: join(its().fake.proc, "none"), clock: its().clock }).watch(
    () => undefined,
    its().stop.signal,
  );
  await expect(failed).rejects.toThrow(EngineFailure);
});
