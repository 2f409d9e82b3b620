import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { qemu } from "../../electron/engines/qemu/qemu.ts";
import { needs } from "../needs.ts";
import { startQemu, type Watched, watchTogether } from "./vms-lab.ts";

const MiB = 2 ** 20;
const small = ["-M", "q35", "-m", "64", "-accel", "tcg"];

needs("qemu", "root")("a bare QEMU guest", () => {
  let folder: string;
  let watched: Watched;
  let guest: Awaited<ReturnType<typeof startQemu>> | null = null;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tare-vms-"));
    watched = watchTogether(qemu({}));
  });
  afterEach(async () => {
    await guest?.end();
    guest = null;
    await watched.close();
    rmSync(folder, { recursive: true });
  });

  test("is one instance, with size and accelerator, until it ends", async () => {
    await watched.until(() => expect(watched.news.some(({ news }) => "all" in news)).toBe(true));
    guest = await startQemu("-name", "tare-vms-bare,process=x) S 1", "-smp", "2", ...small);
    const { pid } = guest;
    const virtualization = {
      accelerator: "tcg",
      acceleratorSeen: true,
      machine: "q35",
      vcpus: 2,
      configured: 64 * MiB,
    };
    await watched.until(() =>
      expect(watched.named("tare-vms-bare")).toMatchObject([
        { id: `qemu:${pid}`, kind: "vm", state: "running", weighed: "process", virtualization },
      ]),
    );
    const [instance] = watched.named("tare-vms-bare");
    const age = Date.now() - (instance?.startedAt ?? 0);
    expect(age).toBeGreaterThanOrEqual(-50);
    expect(age).toBeLessThan(20_000);
    await guest.end();
    await watched.until(() => expect(watched.named("tare-vms-bare")).toEqual([]));
    const told = watched.events.filter((event) => event.instance === `qemu:${pid}`);
    expect(told.map(({ kind }) => kind)).toEqual(["started", "stopped"]);
  });

  test("its free monitor tells that it waits, and is free again at once", async () => {
    const socket = join(folder, "vm.qmp");
    const monitored = ["-qmp", `unix:${socket},server=on,wait=off`, "-device", "virtio-balloon-pci"];
    guest = await startQemu("-name", "tare-vms-waits", "-S", ...small, ...monitored);
    await watched.until(() => expect(watched.named("tare-vms-waits")).toMatchObject([{ state: "created" }]));
    const { pid } = guest;
    await watched.until(() =>
      expect(watched.told(`qemu:${pid}`)).toEqual({ guest: { allowed: 64 * MiB, inUse: null } }),
    );
    // Ours to use, at any moment: nobody holds it.
    const greeting = await new Promise<string>((resolve, reject) => {
      const monitor = connect(socket);
      monitor.once("error", reject);
      monitor.once("data", (data) => {
        resolve(String(data));
        monitor.destroy();
      });
    });
    expect(greeting).toContain('"QMP"');
  });

  test("its monitor is left alone while somebody talks to it", async () => {
    const socket = join(folder, "vm.qmp");
    guest = await startQemu(
      "-name",
      "tare-vms-busy",
      "-S",
      ...small,
      "-qmp",
      `unix:${socket},server=on,wait=on`,
    );
    // QEMU waits for its first client: that is us.
    const talker = await new Promise<ReturnType<typeof connect>>((resolve, reject) => {
      const retry = (left: number) => {
        const monitor = connect(socket);
        monitor.once("connect", () => resolve(monitor));
        monitor.once("error", (error) => (left > 0 ? setTimeout(retry, 50, left - 1) : reject(error)));
      };
      retry(200);
    });
    const ends = () =>
      readFileSync("/proc/net/unix", "utf8")
        .split("\n")
        .filter((line) => line.endsWith(` ${socket}`)).length;
    await watched.until(() => expect(watched.named("tare-vms-busy")).toMatchObject([{ state: "unknown" }]));
    const ticks = () => watched.news.filter(({ news }) => "alive" in news).length;
    const from = ticks();
    let most = 0;
    await watched.until(() => {
      most = Math.max(most, ends());
      expect(ticks()).toBeGreaterThan(from + 6);
    });
    expect(most).toBe(2); // who listens, and our one connection
    talker.destroy();
  });
});
