import { createHash } from "node:crypto";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { domainStarter } from "../../electron/lab/guest/domain.ts";
import { domainHalf } from "../../electron/lab/half.ts";
import type { Probe } from "../../shared/model/race.ts";
import { wish } from "../fixtures/race.ts";
import { needs } from "../needs.ts";
import { bootingDisk } from "./boot-sector.ts";
import { labFolder, never } from "./guest-lab.ts";
import { virsh } from "./vms-lab.ts";

const MiB = 2 ** 20;
const line = (pattern: string): Probe => ({ kind: "line", pattern });

const definition = (name: string, disk: string, console: string) => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/><apic/></features>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file'><driver name='qemu' type='raw'/><source file='${disk}'/><target dev='vda' bus='virtio'/></disk>
    ${console}
  </devices>
</domain>`;
const pty = "<serial type='pty'/><console type='pty'/>";

needs(
  "qemu",
  "libvirt",
  "root",
)("a shut-off domain of the user's", () => {
  let folder: string;
  const defined: string[] = [];
  beforeAll(() => {
    folder = labFolder();
    chmodSync(folder, 0o755);
    for (const name of ["tare-lab-stays", "tare-lab-asks", "tare-lab-off", "tare-lab-mute"])
      quietly("destroy", name);
  });
  afterEach(() => {
    // As they were: each is there, and none runs.
    for (const name of defined) expect(virsh("domstate", name).trim()).toBe("shut off");
    for (const name of defined.splice(0)) quietly("undefine", "--managed-save", name);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function quietly(...args: readonly string[]): void {
    try {
      virsh(...args);
    } catch {
      // it is not there: so much the better
    }
  }
  const define = (name: string, then: Parameters<typeof bootingDisk>[0], console = pty) => {
    const disk = join(folder, `${name}.img`);
    writeFileSync(disk, bootingDisk(then), { mode: 0o644 });
    const file = join(folder, `${name}.xml`);
    writeFileSync(file, definition(name, disk, console));
    quietly("undefine", "--managed-save", name);
    virsh("define", file);
    defined.push(name);
    return { id: `libvirt:${virsh("domuuid", name).trim()}`, disk };
  };
  const run = (
    id: string,
    probe: Probe,
    { agreed = true, giveUp = 60_000, weigh = false, keep = false, signal = never } = {},
  ) =>
    domainStarter({ id, probe, agreed, shutdownWithin: 500 }).run(
      { giveUp, weigh, keep, saw: () => undefined },
      signal,
    );

  test("is started, ready by its console from the first line on, weighed, and shut off again", async () => {
    const { id } = define("tare-lab-stays", "stays");
    expect((await domainHalf(id, wish, never)).name).toBe("tare-lab-stays");
    const { moments, memory, trouble, kept } = await run(id, line("^TARE: wrote$"), { weigh: true });
    expect(trouble).toBeNull();
    expect(kept).toBeNull();
    expect(moments.ready).toBeGreaterThan(moments.spawned ?? Number.NaN);
    expect(memory?.gross).toBeGreaterThan(20 * MiB);
    expect(memory?.translated).toBeGreaterThan(0);
  });

  test("is ready when it has switched itself off, where that is asked for, and else has failed", async () => {
    const { id } = define("tare-lab-off", "off");
    expect((await run(id, { kind: "exit" })).trouble).toBeNull();
    expect((await run(id, line("^never$"))).trouble).toMatchObject({ code: "exited" });
  });

  test("is left running where that is asked for, ready at its prompt, until it is stopped", async () => {
    const { id } = define("tare-lab-asks", "asks");
    const { kept } = await run(id, line("^tare login: $"), { keep: true });
    expect(kept?.id).toBe(id);
    expect(virsh("domstate", "tare-lab-asks").trim()).toBe("running");
    await kept?.stop();
  });

  test("is left alone without the user's word, while it runs, and where its memory is saved", async () => {
    const { id, disk } = define("tare-lab-stays", "stays");
    const before = createHash("sha256").update(readFileSync(disk)).digest("hex");
    expect((await run(id, line("x"), { agreed: false })).trouble?.code).toBe("not-agreed");
    virsh("start", "tare-lab-stays", "--paused");
    expect((await run(id, line("x"))).trouble).toMatchObject({ code: "running" });
    expect(virsh("domstate", "tare-lab-stays").trim()).toBe("paused");
    virsh("managedsave", "tare-lab-stays");
    expect((await run(id, line("x"))).trouble).toMatchObject({ code: "failed", cause: "managed save" });
    expect(virsh("dominfo", "tare-lab-stays")).toMatch(/Managed save: +yes/);
    expect(createHash("sha256").update(readFileSync(disk)).digest("hex")).toBe(before);
  });

  test("what can't be told is a clear line: no agent, no console, no such domain, no id", async () => {
    const { id } = define("tare-lab-mute", "stays", "");
    expect((await run(id, { kind: "health" }, { giveUp: 3_000 })).trouble?.code).toBe("not-ready");
    expect((await run(id, line("x"))).trouble).toMatchObject({
      code: "failed",
      cause: "no serial console of type pty",
    });
    const other = "libvirt:00000000-0000-4000-8000-000000000000";
    expect((await run(other, line("x"))).trouble?.cause).toContain("failed to get domain");
    expect((await run("libvirt:--help", line("x"))).trouble).toMatchObject({
      code: "failed",
      where: "--help",
    });
  });

  test("is shut off again when it is stopped at any moment", async () => {
    const { id } = define("tare-lab-stays", "stays");
    for (const after of [0, 150, 400, 900]) {
      const stop = new AbortController();
      const running = run(id, line("^never$"), { signal: stop.signal });
      setTimeout(() => stop.abort(new Error("enough")), after);
      await expect(running).rejects.toThrow("enough");
      expect(virsh("domstate", "tare-lab-stays").trim()).toBe("shut off");
    }
  });
});
