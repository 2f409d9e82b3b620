import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chooseAccelerator, findQemu } from "../../electron/lab/guest/accelerator.ts";
import { chooseMachine } from "../../electron/lab/guest/machine.ts";
import { guestStarter } from "../../electron/lab/guest/vm.ts";
import { needs } from "../needs.ts";
import { guestsOf, initramfs, kernel, labFolder, never, workload } from "./guest-lab.ts";

const withQemu = (name: string) => {
  process.env.PATH = `${fileURLToPath(new URL(`../bin/${name}`, import.meta.url))}:${process.env.PATH}`;
};

needs(
  "qemu",
  "kernel",
  "busybox",
  "root",
)("the accelerator of guests", () => {
  const path = process.env.PATH;
  let folder: string;
  /** Any device that can be read and written stands for KVM's, where there is none. */
  const device = "/dev/null";
  const choose = async () => {
    const qemu = await findQemu(never);
    const options = { qemu, directory: folder, device };
    return { ...options, chosen: await chooseAccelerator(options, never) };
  };
  beforeEach(() => {
    folder = labFolder();
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  test("is TCG where KVM is slower, said with the reason, and kept for the next time", async () => {
    withQemu("qemu-slow-kvm");
    const { chosen } = await choose();
    expect(chosen).toMatchObject({ accelerator: "tcg", sandbox: true, group: null });
    expect(chosen.refused).toHaveLength(1);
    expect(chosen.refused[0]?.why).toMatch(/^firmware: > 1000 ms/);
    expect(guestsOf("tare-lab self-test")).toEqual([]);
    expect(readdirSync(folder)).toEqual(["accelerator.json"]);
    const began = performance.now();
    expect((await choose()).chosen).toEqual(chosen);
    expect(performance.now() - began).toBeLessThan(900); // no second test
  });

  test("is TCG where KVM ends at once, with QEMU's own words", async () => {
    withQemu("qemu-no-kvm");
    const { chosen } = await choose();
    expect(chosen.accelerator).toBe("tcg");
    expect(chosen.refused[0]?.why).toContain("failed to initialize kvm: Device or resource busy");
  });

  test("is KVM where it is fast, and TCG after a guest's kernel said nothing on it", async () => {
    withQemu("qemu-fast-kvm");
    const { chosen, qemu } = await choose();
    expect(chosen).toMatchObject({ accelerator: "kvm", refused: [] });
    const image = initramfs(folder, "image", "tell exec; tell ready; exec $B sleep 1000");
    const starter = guestStarter({
      qemu,
      directory: folder,
      device,
      kernel,
      chosen,
      machine: { machine: "microvm", kernel: 50, init: 100 },
      workload: workload({ kind: "port", port: 80 }),
      initramfs: image,
    });
    const trial = { giveUp: 60_000, weigh: false, keep: false, saw: () => undefined };
    const { trouble, moments } = await starter.run(trial, never);
    expect(trouble).toBeNull();
    expect(moments.ready).toBeGreaterThan(0);
    const { chosen: after, machine } = starter.runsOn();
    expect(after).toMatchObject({
      accelerator: "tcg",
      refused: [{ accelerator: "kvm", why: expect.stringMatching(/^no "Linux version" within \d+ ms$/) }],
    });
    // Never a microvm with ACPI under TCG: it hangs when the host is busy.
    expect(["microvm,acpi=off", "q35"]).toContain(machine.machine);
    // The next race knows.
    expect((await choose()).chosen).toMatchObject({ accelerator: "tcg", refused: after.refused });
  });

  test("is told as missing where not even TCG runs the firmware", async () => {
    withQemu("qemu-broken");
    await expect(choose()).rejects.toMatchObject({
      trouble: {
        code: "no-accelerator",
        where: expect.stringContaining("qemu-broken/qemu-system-x86_64"),
        cause: "qemu: could not load PC BIOS 'bios-256k.bin'",
      },
    });
  });

  test("tells of a KVM that is not there, and takes another device's word for no other's", async () => {
    const qemu = await findQemu(never);
    expect(qemu.version).toMatch(/^\d+\.\d+/);
    const without = await chooseAccelerator({ qemu, directory: folder, device: "/dev/tare-none" }, never);
    expect(without).toMatchObject({
      accelerator: "tcg",
      refused: [{ accelerator: "kvm", why: expect.stringContaining("ENOENT") }],
    });
  });

  test("leaves nothing when it is stopped half-way", async () => {
    withQemu("qemu-slow-kvm");
    const stop = new AbortController();
    const choosing = chooseAccelerator(
      { qemu: await findQemu(never), directory: folder, device },
      stop.signal,
    );
    stop.abort(new Error("enough"));
    await expect(choosing).rejects.toThrow("enough");
    expect(guestsOf("tare-lab self-test")).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a file that is no kernel is refused before QEMU takes it for one", async () => {
    const { chosen, qemu } = await choose();
    const garbage = `${folder}/garbage`;
    writeFileSync(garbage, Buffer.alloc(1 << 20, 0x90));
    const options = { qemu, chosen, vcpus: 1, directory: folder };
    const code = (trouble: string, where: string) => ({ trouble: { code: trouble, where } });
    await expect(chooseMachine({ ...options, kernel: garbage }, never)).rejects.toMatchObject(
      code("kernel-unusable", garbage),
    );
    await expect(chooseMachine({ ...options, kernel: `${folder}/none` }, never)).rejects.toMatchObject(
      code("no-kernel", `${folder}/none`),
    );
    // The head of one, and then nothing: QEMU itself has to say so, or the guest has to fail.
    const elf = `${folder}/elf`;
    writeFileSync(elf, Buffer.concat([Buffer.from("\u007fELF\u0002\u0001\u0001"), Buffer.alloc(4_096)]));
    await expect(chooseMachine({ ...options, kernel: elf }, never)).rejects.toMatchObject(
      code("kernel-unusable", elf),
    );
  });
});
