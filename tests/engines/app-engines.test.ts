import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow } from "../../electron/cli/follow.ts";
import { needs } from "../needs.ts";
import { type Followed, followApp } from "./app-lab.ts";
import { busyboxImage, ensureBusyboxImage } from "./busybox-image.ts";
import { dockerCommand, podmanService, removeContainers } from "./docker-lab.ts";
import { quietly, startQemu, virsh } from "./vms-lab.ts";

const MiB = 2 ** 20;
const prefix = "tare-app-engines-";
const domain = `${prefix}domain`;

const definition = `<domain type='qemu'>
  <name>${domain}</name>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices>
</domain>`;

/** Bytes of a process in memory, as the kernel counts them now. */
const resident = (pid: number) => Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * 4096;

needs(
  "docker",
  "podman",
  "qemu",
  "libvirt",
  "busybox",
  "root",
)("four engines in one app", () => {
  let service: Awaited<ReturnType<typeof podmanService>>;
  let guest: Awaited<ReturnType<typeof startQemu>> | null = null;
  let folder: string;
  let app: Followed;
  beforeAll(async () => {
    ensureBusyboxImage();
    folder = mkdtempSync(join(tmpdir(), "tare-app-"));
    await removeContainers(prefix);
    quietly("destroy", domain);
    quietly("undefine", domain);
    service = await podmanService();
    app = await followApp({}, { CONTAINER_HOST: `unix://${service.socket}` });
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await guest?.end();
    quietly("destroy", domain);
    quietly("undefine", domain);
    await service?.close();
    await removeContainers(prefix);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test("a libvirt domain and a bare QEMU guest are one instance each, weighed as the kernel does", async () => {
    const file = join(folder, "domain.xml");
    writeFileSync(file, definition);
    virsh("define", file);
    virsh("start", domain);
    const uuid = virsh("domuuid", domain).trim();
    guest = await startQemu("-name", `${prefix}bare`, "-M", "q35", "-m", "64", "-accel", "tcg");
    const bare = guest.pid;
    const vm = { kind: "vm", state: "running", weighed: "process", virtualization: { configured: 64 * MiB } };
    await app.until(() =>
      expect(app.named(prefix).map(({ instance }) => instance)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id: `libvirt:${uuid}`, engine: "libvirt", alsoSeenBy: ["qemu"] }),
          expect.objectContaining({ id: `qemu:${bare}`, engine: "qemu" }),
        ]),
      ),
    );
    await app.until(() => {
      for (const { instance, sample } of app.named(prefix)) {
        expect(instance).toMatchObject(vm);
        expect(sample).toMatchObject({ configured: 64 * MiB, cores: expect.any(Number) });
      }
    });
    // One each, under no other name either.
    const vms = app.instances().filter(({ instance }) => instance.kind === "vm");
    const ours = vms.filter(({ instance }) => /tare-app-engines/.test(instance.name));
    expect(ours).toHaveLength(2);
    expect(vms.filter(({ instance }) => instance.engine === "qemu" && instance.name === domain)).toEqual([]);
    await app.until(() => {
      const gross = app.named(`${prefix}bare`)[0]?.sample?.gross ?? 0;
      // Its memory and, beyond it, the kernel's for it, if its cgroup is its own.
      expect(gross).toBeGreaterThanOrEqual(0.98 * resident(bare));
      expect(gross).toBeLessThan(1.2 * resident(bare));
    });
  }, 60_000);

  test("a Podman container beside one of Docker: each is its own engine's, once", async () => {
    const options = ["run", "-d", "--network", "none", "--memory", "64m"];
    const fill = ["sh", "-c", "dd if=/dev/zero of=/dev/shm/held bs=1M count=8; exec sleep 1000"];
    const pod = await service.command(...options, "--name", `${prefix}pod`, busyboxImage, ...fill);
    const box = await dockerCommand([...options, "--name", `${prefix}box`, busyboxImage, ...fill]);
    const containers = () =>
      app.instances().filter(({ instance }) => [pod, box].some((id) => instance.id.includes(id)));
    await app.until(() => {
      const seen = containers().map(({ instance }) => instance);
      expect(seen).toHaveLength(2);
      for (const [engine, id, name] of [
        ["podman", pod, "pod"],
        ["docker", box, "box"],
      ] as const)
        expect(seen).toContainEqual(
          expect.objectContaining({
            id: `${engine}:${id}`,
            ...{ engine, name: prefix + name, image: busyboxImage, weighed: "cgroup", state: "running" },
          }),
        );
    });
    await app.until(() => {
      for (const { sample } of containers()) {
        expect(sample).toMatchObject({ memoryLimit: 64 * MiB, pids: 1, cores: expect.any(Number) });
        expect(sample?.net).toBeGreaterThanOrEqual(8 * MiB);
        expect(sample?.net).toBeLessThan(10 * MiB);
      }
    });
    // One that has ended weighs nothing any more, also for who comes only now.
    await dockerCommand(["kill", box]);
    const ended = () => containers().find(({ instance }) => instance.id === `docker:${box}`)?.instance;
    await app.until(() => expect(ended()).toMatchObject({ state: "stopped", weighed: null }));
    const late = await follow(app.app, new AbortController().signal, () => true, 20_000);
    const seen = late.instances().find(({ instance }) => instance.id === `docker:${box}`);
    expect(seen).toMatchObject({ instance: { state: "stopped" }, sample: null });
    await service.command("rm", "-f", "-t", "0", pod);
    await dockerCommand(["rm", "-f", box]);
    await app.until(() => expect(containers()).toEqual([]));
  }, 60_000);
});
