import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { boundsOf, controllersWithout } from "../../../../../electron/readers/cgroup/bounds.ts";
import { type KernelSays, missingOf } from "../../../../../electron/readers/cgroup/missing.ts";
import { limits } from "../../../shared/measure/readings.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-missing-"));
  for (const name of ["v1/memory", "v1/cpu", "v1/pids", "v1/blkio", "v2"])
    mkdirSync(join(folder, name), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (...names: readonly string[]) => {
  for (const name of names) writeFileSync(join(folder, name), "0\n");
};
const nowhere = { unified: null, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null };
const v2 = () => ({ ...nowhere, unified: join(folder, "v2") });
const everything: KernelSays = {
  controllers: ["memory", "cpu", "pids", "io"],
  commandLine: "BOOT_IMAGE=/boot/vmlinuz root=/dev/vda ro quiet\n",
  pressure: true,
};

describe("which controllers do nothing for a cgroup", () => {
  test("v2 with two of four", () => {
    put("v2/memory.current", "v2/pids.current");
    expect(controllersWithout(v2())).toEqual(["cpu", "io"]);
  });
  test("v1, each in its own tree", () => {
    put("v1/cpu/cpu.shares", "v1/pids/pids.current", "v1/blkio/blkio.reset_stats");
    const at = (name: string) => join(folder, "v1", name);
    const paths = { ...nowhere, memory: at("memory"), cpu: at("cpu"), pids: at("pids"), blkio: at("blkio") };
    expect(controllersWithout(paths)).toEqual(["memory"]);
    put("v1/memory/memory.usage_in_bytes");
    expect(controllersWithout(paths)).toEqual([]);
  });
});

describe("what is missing, and why", () => {
  const complete = [
    "v2/memory.current",
    "v2/cpu.weight",
    "v2/pids.current",
    "v2/io.stat",
    "v2/memory.swap.max",
  ];
  test("nothing", () => {
    put(...complete);
    expect(missingOf(v2(), [], true, everything)).toEqual([]);
  });
  test("a Raspberry Pi: the memory controller is switched off at its start; nothing more is said of memory", () => {
    const pi: KernelSays = { ...everything, controllers: ["cpu", "pids", "io"] };
    expect(missingOf(v2(), ["memory"], true, pi)).toEqual([{ what: "memory", why: "off" }]);
  });
  test("rootless without delegation: the kernel has it, this cgroup was not handed it", () => {
    put("v2/memory.swap.max");
    expect(missingOf(v2(), ["cpu", "io"], true, everything)).toEqual([
      { what: "cpu", why: "undelegated" },
      { what: "io", why: "undelegated" },
    ]);
  });
  test("no PSI at all, or none of this cgroup", () => {
    put("v2/memory.swap.max");
    expect(missingOf(v2(), [], false, { ...everything, pressure: false })).toEqual([
      { what: "pressure", why: "off" },
    ]);
    expect(missingOf(v2(), [], false, everything)).toEqual([{ what: "pressure", why: "undelegated" }]);
  });
  test.each([
    ["cgroup.memory=nokmem", true],
    ["quiet cgroup.memory=nosocket,nokmem ro", true],
    ["cgroup.memory=nosocket", false],
    ["xcgroup.memory=nokmem", false],
  ])("kernel memory under %j", (commandLine, without) => {
    put("v2/memory.swap.max");
    const missing = missingOf(v2(), [], true, { ...everything, commandLine });
    expect(missing).toEqual(without ? [{ what: "kernelMemory", why: "off" }] : []);
  });
  test("no accounting of swap, no kernel memory on v1", () =>
    expect(missingOf({ ...nowhere, memory: join(folder, "v1/memory") }, [], true, everything)).toEqual([
      { what: "kernelMemory", why: "off" },
      { what: "swap", why: "off" },
    ]));
});

test("bounds name the ancestors of the limits in force, and stay the same object while they are the same", () => {
  const found = limits({ memory: { value: 5, ancestor: "/shop.slice" }, cpu: { value: 1, ancestor: null } });
  const first = boundsOf(found, ["io"], null);
  expect(first).toEqual({ ancestors: { memory: "/shop.slice" }, without: ["io"] });
  expect(boundsOf(limits({ ...found }), ["io"], first)).toBe(first);
  expect(boundsOf(limits(), ["io"], first)).toEqual({ ancestors: {}, without: ["io"] });
  const pinned = limits({ cpu: { value: 1.5, ancestor: null }, cpus: { value: 1, ancestor: "/pinned" } });
  expect(boundsOf(pinned, [], null).ancestors).toEqual({ cpu: "/pinned" });
});
