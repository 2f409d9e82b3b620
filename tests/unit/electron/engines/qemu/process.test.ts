import { expect, test } from "vitest";
import { acceleratorOf, isFree, readProgram } from "../../../../../electron/engines/qemu/process.ts";

test.each([
  ["a KVM VM is held", ["kvm", "tcg"], true, [], "kvm", true],
  ["its thread says KVM", ["kvm", "tcg"], null, ["qemu", "CPU 0/KVM"], "kvm", true],
  ["its thread says TCG", ["kvm", "tcg"], null, ["qemu", "CPU 0/TCG"], "tcg", true],
  ["single-threaded TCG", ["tcg"], null, ["ALL CPUs/TCG"], "tcg", true],
  ["fell back: no KVM VM is held", ["kvm", "tcg"], false, ["qemu"], "tcg", true],
  ["KVM was asked for, nothing is seen", ["kvm"], null, ["qemu"], "kvm", false],
  ["asked for KVM, holds none: not up yet", ["kvm"], false, ["qemu"], "kvm", false],
  ["a list is no answer", ["kvm", "tcg"], null, ["qemu"], null, false],
  ["another system's", ["hvf"], null, [], "hvf", false],
] as const)("accelerator: %s", (_, asked, holdsKvm, threads, accelerator, seen) => {
  expect(acceleratorOf(asked, { holdsKvm, threads })).toEqual({ accelerator, seen });
});

const table = (...states: string[]) =>
  [
    "Num       RefCount Protocol Flags    Type St Inode Path",
    ...states.map(
      (state, line) => `000000000412${line}: 00000002 00000000 00010000 0001 ${state} 14838 /run/a.qmp`,
    ),
    "0000000004127e09: 00000003 00000000 00000000 0001 03 14961",
    "0000000004127e0a: 00000003 00000000 00000000 0001 03 14961 /run/b.qmp",
  ].join("\n");

test.each([
  ["it listens, nobody talks", table("01"), true],
  ["somebody talks to it", table("01", "03"), false],
  ["nobody listens", table(), false],
  ["a line cut short", "0: /run/a.qmp", false],
])("a monitor is free: %s", (_, text, free) => {
  expect(isFree(text, "/run/a.qmp")).toBe(free);
});

test("this very process is no QEMU", () => {
  expect(readProgram("/proc", process.pid)).toBeNull();
});
