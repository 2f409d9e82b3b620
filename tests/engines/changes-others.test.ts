import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { cgroupsOf } from "../../electron/machine/cgroup-paths.ts";
import { needs } from "../needs.ts";
import { busyboxImage, ensureBusyboxImage } from "./busybox-image.ts";
import { type Changing, changeOf, changing, mib, troubleOf } from "./changes-lab.ts";
import { podmanService } from "./docker-lab.ts";
import { quietly, virsh } from "./vms-lab.ts";

const yes = { confirm: async () => true };

needs(
  "qemu",
  "libvirt",
  "root",
)("changing what a libvirt domain may have", () => {
  const domain = `tare-changes it's "one"`;
  let page: Changing;
  let id = "";
  const sweep = () => {
    quietly("destroy", domain);
    quietly("undefine", domain);
  };
  beforeAll(() => {
    sweep();
    const folder = mkdtempSync(join(tmpdir(), "tare-changes-domain-"));
    const file = join(folder, "domain.xml");
    writeFileSync(
      file,
      `<domain type='qemu'>
        <name>${domain}</name>
        <memory unit='MiB'>96</memory>
        <currentMemory unit='MiB'>96</currentMemory>
        <vcpu>1</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices>
      </domain>`,
    );
    virsh("define", file);
    rmSync(folder, { recursive: true });
    virsh("start", domain);
    page = changing(yes);
    id = page.meet(`libvirt:${virsh("domuuid", domain).trim()}`, domain, { kind: "vm", engine: "libvirt" });
  });
  afterAll(() => {
    page?.close();
    sweep();
  });
  const quota = () => /global_quota *: (-?\d+)/.exec(virsh("schedinfo", domain))?.[1];

  test("a quota of CPU: what virsh says then, and back to none", async () => {
    const before = quota();
    const { nonce, from, steps } = await page.prepared({ instance: id, resource: "vmCpu", to: 0.5 });
    expect(from).toBeNull();
    const [step] = steps;
    expect(step?.text).toContain(`--domain 'tare-changes it'\\''s "one"' --live`);
    const change = changeOf(await page.commitChange({ nonce }));
    expect(change).toMatchObject({ state: "applied", readBack: 0.5, trouble: null });
    expect(quota()).toBe("50000");
    expect(changeOf(await page.undoChange({ id: change.id }))).toMatchObject({
      state: "undone",
      readBack: null,
    });
    expect(quota()).toBe(before);
  });

  test("memory of a guest whose use nobody knows: the name is asked for; more than its size: libvirt's word", async () => {
    expect(await page.prepared({ instance: id, resource: "vmMemory", to: 64 * mib })).toMatchObject({
      from: 96 * mib,
      use: null,
      dangerous: true,
      needsName: true,
    });
    const { nonce, dangerous } = await page.prepared({ instance: id, resource: "vmMemory", to: 512 * mib });
    expect(dangerous).toBe(false);
    const change = changeOf(await page.commitChange({ nonce }));
    expect(change).toMatchObject({ state: "failed", readBack: 96 * mib, trouble: { code: "refused" } });
    expect(change.trouble?.cause).toMatch(/higher than max memory/);
    expect(await page.mends({ instance: id, resource: "vmMemory", to: 64 * mib })).toMatchObject([
      { target: "libvirt", now: true, appliable: true },
      { target: "libvirt", now: false, appliable: false },
    ]);
    expect(
      troubleOf(
        await page.prepareChange({ instance: id, resource: "memory", to: mib, now: true, file: false }),
      ),
    ).toMatchObject({ code: "unsupported" });
  });
});

needs(
  "docker",
  "podman",
  "busybox",
  "root",
)("changing the limits of a container of Podman's", () => {
  let podman: Awaited<ReturnType<typeof podmanService>>;
  let page: Changing;
  beforeAll(async () => {
    ensureBusyboxImage();
    podman = await podmanService();
    process.env.CONTAINER_HOST = `unix://${podman.socket}`;
  }, 60_000);
  afterEach(() => page?.close());
  afterAll(async () => {
    delete process.env.CONTAINER_HOST;
    await podman.close();
  });

  test("memory and CPU: by the kernel's own files, which Podman does not remember", async () => {
    page = changing(yes);
    const name = "tare-changes-pod";
    const run = ["run", "-d", "--network", "none", "--name", name, "--memory", "64m"];
    const key = await podman.command(...run, busyboxImage, "sleep", "600");
    const id = page.meet(`podman:${key}`, name, { engine: "podman" });
    const pid = await podman.command("inspect", "-f", "{{.State.Pid}}", key);
    const cgroups = cgroupsOf(Number(pid));
    const kernel = (controller: "memory" | "cpu", file: string) =>
      readFileSync(`${cgroups?.[controller]}/${file}`, "latin1").trim();
    const set = async (resource: "memory" | "cpu", to: number) => {
      const { nonce } = await page.prepared({ instance: id, resource, to });
      return changeOf(await page.commitChange({ nonce }));
    };
    const memory = await set("memory", 96 * mib);
    expect(memory).toMatchObject({ state: "applied", from: 64 * mib, readBack: 96 * mib, trouble: null });
    expect(kernel("memory", "memory.limit_in_bytes")).toBe(String(96 * mib));
    expect(await set("cpu", 0.5)).toMatchObject({ state: "applied", from: null, readBack: 0.5 });
    expect(kernel("cpu", "cpu.cfs_quota_us")).toBe("50000");
    expect(changeOf(await page.undoChange({ id: memory.id }))).toMatchObject({ state: "undone" });
    expect(kernel("memory", "memory.limit_in_bytes")).toBe(String(64 * mib));
  });
});
