import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { docker } from "../../electron/engines/docker/docker.ts";
import { libvirt } from "../../electron/engines/libvirt/libvirt.ts";
import { qemu } from "../../electron/engines/qemu/qemu.ts";
import { readHost } from "../../electron/live/host.ts";
import { live } from "../../electron/live/live.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import type { Source } from "../../electron/source.ts";
import type { Sample } from "../../shared/figures.ts";
import type { RuleId } from "../../shared/model/finding.ts";
import type { Instance } from "../../shared/model/instance.ts";
import { archive } from "../guest/cpio.ts";
import { type Judged, judged } from "../judged.ts";
import { needs } from "../needs.ts";
import { ensureBusyboxImage } from "./busybox-image.ts";
import { type Changing, changeOf, changing, mib } from "./changes-lab.ts";
import { dockerCommand, removeContainers } from "./docker-lab.ts";
import { kernel } from "./guest-lab.ts";
import { box } from "./rules-lab.ts";
import { quietly, virsh } from "./vms-lab.ts";

const family = "tare-computer-";
const size = 1_024 * mib;
/** What the guest holds for a while, and frees. */
const touched = 560 * mib;
/** One whose guest touches next to nothing, and one whose guest had much and gave it back to itself: the host has not. */
const guests = {
  small: "",
  held: `dd if=/dev/zero of=/tmp/f bs=1M count=${touched / mib}; sleep 10; rm /tmp/f`,
};

/** A guest of busybox and the balloon's driver, on Debian's cloud kernel. */
function initramfs(folder: string, name: string, body: string): string {
  const release = basename(kernel).replace(/^vmlinuz-/, "");
  const modules = ["virtio_pci", "virtio_balloon"].flatMap((module) =>
    [
      ...execFileSync("modprobe", ["-S", release, "--show-depends", module], { encoding: "utf8" }).matchAll(
        /^insmod (\S+)/gm,
      ),
    ].map(([, path]) => path ?? ""),
  );
  const path = join(folder, `${name}.cpio`);
  const into = archive(path, "wx", 1);
  into.copy("bin/busybox", "/bin/busybox");
  for (const module of new Set(modules)) into.copy(`m/${basename(module)}`, module);
  into.device("dev/console", 5, 1);
  into.device("dev/null", 1, 3);
  into.device("dev/zero", 1, 5);
  into.folder("tmp");
  const load = [...new Set(modules)].map((module) => `/bin/busybox insmod /m/${basename(module)}`);
  const script = `#!/bin/busybox ash
/bin/busybox --install -s /bin
${load.join("\n")}
mount -t tmpfs -o size=90% tmpfs /tmp
${body}
while :; do sleep 1000; done
`;
  into.file("init", 0o755, script);
  into.end();
  chmodSync(path, 0o644);
  return path;
}

const definition = (name: string, image: string) => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>${size / mib}</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type><kernel>${kernel}</kernel><initrd>${image}</initrd>
    <cmdline>cryptomgr.notests no_timer_check rdinit=/init rootfstype=ramfs quiet</cmdline></os>
  <features><acpi/><apic/></features>
  <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>
    <memballoon model='virtio'><stats period='1'/></memballoon></devices>
</domain>`;

needs(
  "docker",
  "busybox",
  "qemu",
  "libvirt",
  "kernel",
  "root",
)("VMs that are too large, and what all may have together", () => {
  const stop = new AbortController();
  let folder: string;
  let source: Source;
  let found: Judged;
  let page: Changing;
  const known = new Map<string, Instance>();
  const samples = new Map<string, Sample>();
  const ids = { small: "", held: "" };
  const until = (check: () => void, most = 60_000) => vi.waitFor(check, { timeout: most, interval: 100 });
  const open = (rule: RuleId, id: string | null) =>
    found.open().find((finding) => finding.rule === rule && finding.instance === id);
  const ever = (rule: RuleId, id: string | null) =>
    found.told.filter((finding) => finding.rule === rule && finding.instance === id);
  const limit = async (name: string, bytes: number) => {
    await dockerCommand(["update", "--memory", `${bytes}`, "--memory-swap", `${bytes}`, family + name]);
  };
  const sweep = async () => {
    await removeContainers(family);
    for (const name of Object.keys(guests)) {
      quietly("destroy", family + name);
      quietly("undefine", family + name);
    }
  };
  /** Just below what the computer has, with both VMs; to the page, so that no kernel rounds it. */
  const one = () => Math.floor(source.facts.memory / mib / 3) * mib;
  const other = () => Math.floor((source.facts.memory - 2 * size - one()) / mib - 64) * mib;

  beforeAll(async () => {
    await sweep();
    ensureBusyboxImage();
    folder = mkdtempSync(join(tmpdir(), "tare-computer-"));
    chmodSync(folder, 0o755);
    for (const name of ["small", "held"] as const) {
      const file = join(folder, `${name}.xml`);
      writeFileSync(file, definition(family + name, initramfs(folder, name, guests[name])));
      virsh("define", file);
      ids[name] = `libvirt:${virsh("domuuid", family + name).trim()}`;
    }
    const host = await readHost(systemClock);
    source = live([docker({}), libvirt({}), qemu({})], host, systemClock, stop.signal);
    source.listen(({ came, samples: weighed }) => {
      for (const instance of came) known.set(instance.id, instance);
      for (const [id, sample] of weighed) samples.set(id, sample);
    }, stop.signal);
    for (const name of ["small", "held"] as const) virsh("start", family + name);
    // Before its guest has a balloon's driver nobody knows what it uses: its boot is no window to judge by.
    await until(() => {
      expect(samples.get(ids.small)?.inUse).toBeGreaterThan(0);
      expect(samples.get(ids.held)?.inUse).toBeGreaterThan(touched);
    }, 120_000);
    found = judged(source, { unusedFor: 5_000 }, stop.signal, ({ name }) => name.startsWith(family));
    page = changing({ confirm: async () => true });
    const limits = (bytes: number) => ["--memory", `${bytes}`, "--memory-swap", `${bytes}`];
    await box("one", "exec sleep 1000", limits(one()), family);
    await box("other", "exec sleep 1000", limits(other()), family);
  }, 180_000);
  afterAll(async () => {
    stop.abort();
    page?.close();
    await sweep();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test("a guest that never touches its memory has too much of it, and one that gave it back holds it", async () => {
    await until(() => expect(open("vm-unused", ids.small)).toBeDefined());
    const unused = open("vm-unused", ids.small);
    expect(unused).toMatchObject({ severity: "note", facts: { size, told: 1 } });
    expect(unused?.proposal).toMatchObject({ resource: "vmMemory", from: size });
    expect(unused?.proposal?.to).toBeLessThan(size / 2);
    await until(() => expect(open("vm-held", ids.held)).toBeDefined());
    const held = open("vm-held", ids.held);
    expect(held?.severity).toBe("note");
    // It is a mean, and opens as soon as that is enough; a moment later all of it is held.
    expect(Number(held?.facts.held)).toBeGreaterThanOrEqual(size / 4);
    await until(() => expect(samples.get(ids.held)?.held).toBeGreaterThan(0.8 * touched));
    // It did use it, and that is not forgotten.
    expect(held?.proposal?.basis.peak).toBeGreaterThan(touched);
    expect(ever("vm-unused", ids.held)).toEqual([]);
    expect(ever("vm-held", ids.small)).toEqual([]);
  }, 120_000);

  test("the balloon's figures are what virsh says of it", async () => {
    // The guest goes on: both look at the same second at some time.
    await until(() => {
      const stats = virsh("dommemstat", `${family}held`);
      const of = (name: string) => Number(new RegExp(`^${name} (\\d+)`, "m").exec(stats)?.[1]) * 1_024;
      const sample = samples.get(ids.held);
      expect(sample?.configured).toBe(size);
      expect(of("actual")).toBe(size);
      expect(Math.abs((sample?.inUse ?? Number.NaN) - (of("available") - of("usable")))).toBeLessThan(mib);
      expect(sample?.held).toBe((sample?.gross ?? Number.NaN) - (sample?.inUse ?? Number.NaN));
      expect(Math.abs((sample?.gross ?? Number.NaN) - of("rss"))).toBeLessThan(64 * mib);
    });
  });

  test("limits and VMs that together just fit are no finding, 64 MiB too much are", async () => {
    await until(() => {
      const limits = ["one", "other"].map((name) => {
        const id = [...known.values()].find((instance) => instance.name === family + name)?.id;
        return samples.get(id ?? "")?.memoryLimit;
      });
      expect(limits).toEqual([one(), other()]);
    });
    expect(ever("limits-over-host", null)).toEqual([]);
    await limit("other", other() + 128 * mib);
    await until(() => expect(open("limits-over-host", null)).toBeDefined(), 10_000);
    const sum = one() + other() + 128 * mib + 2 * size;
    expect(open("limits-over-host", null)).toMatchObject({
      severity: "note",
      facts: { sum, count: 4, unlimited: 0, host: source.facts.memory },
    });
    expect(sum - source.facts.memory).toBeLessThan(65 * mib);
  }, 90_000);

  test("the balloon takes back what is held, and it is over within a minute", async () => {
    await limit("other", other() - Math.ceil(0.03 * (source.facts.memory / mib)) * mib);
    const name = `${family}held`;
    const instance = page.meet(ids.held, name, { kind: "vm", engine: "libvirt" });
    const to = 384 * mib;
    const { nonce } = await page.prepared({ instance, resource: "vmMemory", to });
    const change = changeOf(await page.commitChange({ nonce, name }));
    // A slow guest is not done by then: so much is told, and it goes on.
    expect(change).toMatchObject({ state: "applied", from: size });
    expect(change.readBack).toBeLessThan(size);
    const used = () => Number(/^Used memory: +(\d+) KiB/m.exec(virsh("dominfo", name))?.[1]) * 1_024;
    await until(() => expect(used()).toBe(to));
    await until(() => expect(samples.get(ids.held)?.held).toBeLessThan(0.22 * size));
    await until(() => {
      expect(open("vm-held", ids.held)).toBeUndefined();
      expect(open("limits-over-host", null)).toBeUndefined();
    });
    expect(changeOf(await page.undoChange({ id: change.id })).trouble?.code ?? "unanswered").toBe(
      "unanswered",
    );
    await until(() => expect(used()).toBe(size));
  }, 120_000);
});
