import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { qemu as engine } from "../../electron/engines/qemu/qemu.ts";
import { type Chosen, chooseAccelerator, findQemu, type Qemu } from "../../electron/lab/guest/accelerator.ts";
import { diskStarter } from "../../electron/lab/guest/disk.ts";
import type { Probe } from "../../shared/model/race.ts";
import { needs } from "../needs.ts";
import { bootingDisk } from "./boot-sector.ts";
import { guestsOf, labFolder, never } from "./guest-lab.ts";
import { watchTogether } from "./vms-lab.ts";

const MiB = 2 ** 20;
const line = (pattern: string): Probe => ({ kind: "line", pattern });

needs("qemu", "root")("a disk of the user's", () => {
  let folder: string;
  let disks: string;
  let qemu: Qemu;
  let chosen: Chosen;
  beforeAll(async () => {
    folder = labFolder();
    disks = labFolder();
    qemu = await findQemu(never);
    chosen = await chooseAccelerator({ qemu, directory: folder }, never);
  });
  afterEach(() => {
    expect(guestsOf("guest=tare-race")).toEqual([]);
    expect(readdirSync(join(folder, "guests"))).toEqual([]);
  });
  afterAll(() => {
    for (const one of [folder, disks]) rmSync(one, { recursive: true, force: true });
  });

  /** Only root may read it, in a folder that only root gets into. */
  const make = (name: string, content: Buffer) => {
    const path = join(disks, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const hash = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
  const run = (path: string, probe: Probe, { giveUp = 60_000, weigh = false, keep = false } = {}) =>
    diskStarter({ path, probe, memory: 64 * MiB, cpus: 1, qemu, chosen, directory: folder }).run(
      { giveUp, weigh, keep, saw: () => undefined },
      never,
    );

  test("boots through firmware and boot sector, is weighed, and never written, though the guest wrote", async () => {
    const path = make("raw, with a comma.img", bootingDisk("stays"));
    const before = hash(path);
    const { moments, memory, trouble } = await run(path, line("^TARE: wrote$"), { weigh: true });
    expect(trouble).toBeNull();
    const times = [moments.spawned, moments.firmware, moments.ready].map((one) => one ?? Number.NaN);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(memory?.gross).toBeGreaterThan(20 * MiB);
    expect(memory).toMatchObject({ net: null, imageCopy: null });
    expect(hash(path)).toBe(before);
    expect(readdirSync(disks)).toEqual(["raw, with a comma.img"]);
  });

  test("qcow2 too, alone and as a difference to another file", async () => {
    const raw = make("base.raw", bootingDisk("stays"));
    const alone = join(disks, "alone.qcow2");
    execFileSync("qemu-img", ["convert", "-q", "-f", "raw", "-O", "qcow2", raw, alone]);
    const backed = join(disks, "backed.qcow2");
    execFileSync("qemu-img", ["create", "-q", "-f", "qcow2", "-b", "base.raw", "-F", "raw", backed]);
    const before = [raw, alone, backed].map(hash);
    expect((await run(alone, line("^TARE: wrote$"))).trouble).toBeNull();
    // A difference's base is opened by its name, by a QEMU that is nobody: the user must let it.
    expect((await run(backed, line("^TARE: wrote$"))).trouble).toMatchObject({
      code: "failed-to-start",
      cause: expect.stringContaining("Permission denied"),
    });
    execFileSync("chmod", ["a+rx", disks, raw, backed]);
    expect((await run(backed, line("^TARE: wrote$"))).trouble).toBeNull();
    expect([raw, alone, backed].map(hash)).toEqual(before);
  });

  test("is ready when it has switched itself off, where that is asked for", async () => {
    const path = make("off.img", bootingDisk("off"));
    const { moments, trouble } = await run(path, { kind: "exit" });
    expect(trouble).toBeNull();
    expect(moments.ready).toBeGreaterThan(moments.firmware ?? Number.NaN);
    expect((await run(path, line("^never$"))).trouble).toMatchObject({
      code: "failed-to-start",
      cause: "exit 0",
      output: ["TARE: wrote"],
    });
  });

  test("is ready at its prompt, which no line's end follows", async () => {
    const { moments, trouble } = await run(make("asks.img", bootingDisk("asks")), line("login: $"));
    expect(trouble).toBeNull();
    expect(moments.ready).toBeGreaterThanOrEqual(moments.firmware ?? Number.NaN);
  });

  test("a line that never comes, and an agent that is not there, are given up", async () => {
    const path = make("silent.img", bootingDisk("stays"));
    expect((await run(path, line("^login:"), { giveUp: 4_000 })).trouble).toMatchObject({
      code: "not-ready",
      output: ["TARE: wrote"],
    });
    expect((await run(path, { kind: "port", port: 80 }, { giveUp: 2_000 })).trouble?.code).toBe("not-ready");
  });

  test("what is no disk image we boot, not there, or in use by a VM is told so", async () => {
    const vmdk = make("other.vmdk", Buffer.from("KDMV".padEnd(1_024, "\0")));
    expect((await run(vmdk, line("x"))).trouble).toMatchObject({ where: vmdk, cause: "vmdk" });
    const none = join(disks, "none.img");
    expect((await run(none, line("x"))).trouble).toMatchObject({
      where: none,
      cause: expect.stringContaining("ENOENT"),
    });
    const used = make("used.img", bootingDisk("stays"));
    const locks = () => readFileSync("/proc/locks", "utf8").split("\n").length;
    const free = locks();
    const other = spawn("qemu-system-x86_64", [
      ...["-nodefaults", "-display", "none", "-S", "-accel", "tcg", "-m", "32"],
      ...["-drive", `file=${used},format=raw,if=none,id=d`, "-device", "virtio-blk-pci,drive=d"],
    ]);
    try {
      await vi.waitFor(() => expect(locks()).toBeGreaterThan(free), { timeout: 20_000 });
      expect((await run(used, line("x"))).trouble).toMatchObject({ code: "running", where: used });
    } finally {
      const ended = once(other, "exit");
      other.kill("SIGKILL");
      await ended;
    }
  });

  test("can be left running, as an instance with the disk's name", async () => {
    const watched = watchTogether(engine({}));
    const { kept } = await run(make("kept.img", bootingDisk("stays")), line("^TARE: wrote$"), { keep: true });
    await watched.until(() =>
      expect(watched.named("tare-race kept.img as a VM")).toMatchObject([{ id: kept?.id, state: "running" }]),
    );
    await kept?.stop();
    await watched.close();
  });
});
