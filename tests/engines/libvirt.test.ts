import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { libvirt } from "../../electron/engines/libvirt/libvirt.ts";
import { qemu } from "../../electron/engines/qemu/qemu.ts";
import { needs } from "../needs.ts";
import { childrenThatRun, quietly, virsh, type Watched, watchTogether } from "./vms-lab.ts";

const MiB = 2 ** 20;
const domain = "tare-vms-domain";
/** Names are not escaped by libvirt, and may hold nearly anything. */
const odd = `tare-vms-it's "two", three`;

const definition = (name: string) => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <vcpu>2</vcpu>
  <cputune><global_quota>50000</global_quota></cputune>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices>
</domain>`;

function sweep(): void {
  for (const name of [domain, odd]) {
    quietly("destroy", name);
    quietly("undefine", name);
  }
}

needs(
  "qemu",
  "libvirt",
  "root",
)("a libvirt domain", () => {
  let folder: string;
  let watched: Watched;
  const define = (name: string) => {
    const file = join(folder, "domain.xml");
    writeFileSync(file, definition(name));
    virsh("define", file);
    return virsh("domuuid", name).trim();
  };
  beforeAll(sweep);
  afterAll(sweep);
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "tare-vms-"));
    watched = watchTogether(libvirt({}), qemu({}));
    await watched.until(() =>
      expect(watched.news.some(({ engine, news }) => engine === "libvirt" && "all" in news)).toBe(true),
    );
  });
  afterEach(async () => {
    await watched.close();
    sweep();
    rmSync(folder, { recursive: true });
  });

  test("is one instance with its QEMU process, from define to undefine", async () => {
    const id = `libvirt:${define(domain)}`;
    const size = { vcpus: 2, configured: 64 * MiB };
    await watched.until(() =>
      expect(watched.named(domain)).toMatchObject([
        { id, state: "stopped", weighed: null, virtualization: { ...size, accelerator: "tcg" } },
      ]),
    );
    expect(watched.told(id)).toBeNull(); // libvirt would report its own CPU time
    virsh("start", domain);
    await watched.until(() =>
      expect(watched.named(domain)).toMatchObject([
        {
          id,
          engine: "libvirt",
          state: "running",
          weighed: "process",
          alsoSeenBy: ["qemu"],
          virtualization: { ...size, accelerator: "tcg", acceleratorSeen: true },
          reported: { memory: null, cpu: 0.5, pids: null },
        },
      ]),
    );
    const handle = watched.census.handle(id);
    if (handle?.via !== "process") throw new Error(`weighed via ${handle?.via}`);
    expect(readFileSync(`/proc/${handle.pid}/cmdline`, "utf8")).toContain(`guest=${domain},`);
    expect(handle.paths?.memory ?? handle.paths?.unified).toMatch(/(?:libvirt-qemu|\.scope)$/);
    await watched.until(() =>
      expect(watched.told(id)).toMatchObject({
        cpu: { used: expect.any(Number) },
        guest: { allowed: 64 * MiB, inUse: null },
        network: { received: 0, sent: 0 },
        io: { read: 0, written: 0 },
      }),
    );
    // As virsh schedinfo prints it, and without asking for it each time.
    expect(virsh("schedinfo", domain)).toMatch(/global_quota\s*: 50000/);
    expect(watched.census.limited(id)).toContainEqual(
      expect.objectContaining({ key: "domainCpu", value: 0.5, told: "50000 100000" }),
    );
    virsh("suspend", domain);
    await watched.until(() => expect(watched.named(domain)).toMatchObject([{ state: "paused" }]));
    virsh("resume", domain);
    await watched.until(() => expect(watched.named(domain)).toMatchObject([{ state: "running" }]));
    virsh("destroy", domain);
    await watched.until(() =>
      expect(watched.named(domain)).toMatchObject([{ state: "stopped", weighed: null }]),
    );
    virsh("undefine", domain);
    await watched.until(() => expect(watched.named(domain)).toEqual([]));
    const kinds = watched.events.filter(({ instance }) => instance === id).map(({ kind }) => kind);
    expect(kinds).toEqual(["started", "paused", "resumed", "stopped"]);
  });

  test("keeps its name whatever is in it, and tells a new one", async () => {
    define(odd);
    virsh("start", odd);
    await watched.until(() =>
      expect(watched.named(odd)).toMatchObject([{ state: "running", weighed: "process" }]),
    );
    virsh("destroy", odd);
    virsh("domrename", odd, domain);
    await watched.until(() => expect(watched.named(domain)).toMatchObject([{ state: "stopped" }]));
    expect(watched.named(odd)).toEqual([]);
  });

  test("costs no process in a steady second, and outlives the end of its virsh", async () => {
    define(domain);
    virsh("start", domain);
    await watched.until(() => expect(watched.named(domain)).toMatchObject([{ state: "running" }]));
    const [first, ...others] = childrenThatRun("virsh");
    if (first === undefined) throw new Error("no virsh of ours");
    expect(others).toEqual([]);
    const answers = () => watched.news.filter(({ news }) => "told" in news).length;
    // Older than what is not trusted to start again.
    const from = answers();
    await watched.until(() => expect(answers()).toBeGreaterThan(from + 6));
    expect(childrenThatRun("virsh")).toEqual([first]);
    process.kill(first, "SIGKILL");
    const after = answers();
    await watched.until(() => expect(answers()).toBeGreaterThan(after + 2));
    expect(childrenThatRun("virsh")).not.toContain(first);
    expect(watched.named(domain)).toMatchObject([{ state: "running" }]);
    await watched.close();
    await watched.until(() => expect(childrenThatRun("virsh")).toEqual([]));
  });
});
