import { expect, test } from "vitest";
import { parseCommandLine } from "../../../../../electron/engines/qemu/command-line.ts";
import { type Box, directBoot, diskBoot, selfTest } from "../../../../../electron/lab/guest/command-line.ts";

const box: Box = {
  name: "tare-race a,b=c as a VM",
  accelerator: "tcg",
  machine: "q35",
  memory: 256 << 20,
  vcpus: 1,
  sandbox: true,
};
const direct = { kernel: "/k", initramfs: "/i", guestArguments: "rdinit=/.tare/init", firmware: true };
const disk = { disk: 4, format: "qcow2", firmware: true, agent: 5 } as const;
/** What follows an option, as often as it is there. */
const after = (args: readonly string[], option: string) =>
  args.flatMap((word, index) => (word === option ? [args[index + 1]] : []));

test.each([
  ["a direct boot", directBoot(box, direct)],
  ["a disk", diskBoot(box, disk)],
  ["the self-test", selfTest("kvm", true)],
])("%s is confined: no defaults, network, screen, monitor or shared folder", (_, args) => {
  for (const option of ["-nodefaults", "-no-user-config", "-no-reboot"]) expect(args).toContain(option);
  expect(after(args, "-nic")).toEqual(["none"]);
  expect(after(args, "-display")).toEqual(["none"]);
  expect(after(args, "-sandbox")).toEqual([
    "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
  ]);
  expect(args.join(" ")).not.toMatch(/-(?:qmp|monitor|mon|netdev|fsdev|virtfs|usb|daemonize|runas) /);
});

test("Tare's own engine reads it back: name, size and machine", () => {
  expect(parseCommandLine("qemu-system-x86_64", directBoot(box, direct), () => null)).toMatchObject({
    name: box.name,
    machine: "q35",
    memory: box.memory,
    vcpus: 1,
    accelerators: ["tcg"],
    sockets: [],
    waits: false,
    managed: null,
  });
});

test("the firmware's port is for machines whose firmware speaks, and where the descriptor is given", () => {
  const has = (machine: string, firmware: boolean) =>
    directBoot({ ...box, machine }, { ...direct, firmware }).includes("socket,fd=3,id=firmware");
  expect([has("q35", true), has("q35", false), has("microvm,acpi=off", true)]).toEqual([true, false, false]);
});

test("the kernel is told where to speak, and what our init needs", () => {
  const [words = ""] = after(directBoot(box, direct), "-append");
  expect(words.split(" ")).toEqual([
    ..."console=ttyS0 earlyprintk=ttyS0 loglevel=7 cryptomgr.notests no_timer_check".split(" "),
    "rdinit=/.tare/init",
  ]);
});

test("a disk is a descriptor of a told format, under a snapshot", () => {
  expect(after(diskBoot(box, disk), "-add-fd")).toEqual(["fd=4,set=1"]);
  expect(after(diskBoot(box, disk), "-drive")).toEqual([
    "file=/dev/fdset/1,format=qcow2,if=none,id=disk,snapshot=on,cache=unsafe",
  ]);
  expect(diskBoot(box, disk)).toContain("socket,id=agent,fd=5");
  expect(diskBoot(box, { ...disk, agent: null }).join(" ")).not.toContain("agent");
});

test("a QEMU without the filter is not asked for it", () => {
  expect(directBoot({ ...box, sandbox: false }, direct)).not.toContain("-sandbox");
});
