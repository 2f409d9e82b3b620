import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { descriptors } from "../../../../../electron/machine/held-file.ts";
import { cgroupReaders } from "../../../../../electron/readers/cgroup/cgroup.ts";
import type { Helper } from "../../../../../electron/readers/reader.ts";
import type { CgroupPaths } from "../../../../../shared/model/instance.ts";
import type { Reading } from "../../../../../shared/model/reading.ts";
import { manualClock } from "../../../../manual-clock.ts";

const MiB = 2 ** 20;
const clock = manualClock();
let folder = "";
let helpers: readonly Helper[] = [];
const open = cgroupReaders(clock, () => helpers);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-cgroup-"));
  cpSync("tests/fixtures/cgroup", folder, { recursive: true });
  helpers = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nowhere: CgroupPaths = {
  unified: null,
  memory: null,
  cpu: null,
  cpuacct: null,
  pids: null,
  blkio: null,
};
const pathsIn = (version: string): CgroupPaths => {
  const within = join(folder, version);
  if (version.startsWith("v2")) return { ...nowhere, unified: within };
  const here = readdirSync(within);
  const of = (controller: string) => (here.includes(controller) ? join(within, controller) : null);
  return {
    unified: of("unified"),
    memory: of("memory"),
    cpu: of("cpu"),
    cpuacct: of("cpuacct"),
    pids: of("pids"),
    blkio: of("blkio"),
  };
};
const openIn = (paths: CgroupPaths) => open({ via: "cgroup", paths, pid: null, container: "box" });
function readOf(paths: CgroupPaths): Reading {
  const reader = openIn(paths);
  try {
    const reading = reader.read();
    if (reading === null || reading === "gone") throw new Error(`no reading but ${reading}`);
    return reading;
  } finally {
    reader.close();
  }
}

const v1Memory = {
  charged: 28_397_568,
  anon: 8_556_544, //  total_rss
  file: 18_878_464, // total_cache
  shmem: 6_291_456,
  activeFile: 12_587_008,
  inactiveFile: 0,
  mappedFile: 0,
  swap: 0,
  kernel: 667_648, //  kmem.usage_in_bytes
  slabReclaimable: null,
  peak: 36_794_368,
  refaults: 1, // total_workingset_refault_anon 0 + total_workingset_refault_file 1
};
const v1Cpu = { used: 1_665_953_015, periods: 66, throttledPeriods: 63, throttledTime: 4_470_326_263 };

test("v1, each figure as it stands in its file", () => {
  const reading = readOf(pathsIn("v1/kernel-6.18"));
  expect(reading).toMatchObject({
    cpu: v1Cpu,
    memory: v1Memory,
    pids: 1,
    // 1,459,200 + 1,459,200 and 314,773,504 + 8,192: 253:1 stands alone here, so it is counted
    io: { read: 2_918_400, written: 314_781_696 },
    pressure: null,
    network: null,
    resident: null,
    helpers: null,
    oomKills: 0,
    limitHits: 0,
    highHits: null,
    pidsHits: 1,
  });
  expect(reading.limits).toEqual({
    memory: { value: 96 * MiB, ancestor: null },
    memoryHigh: { value: null, ancestor: null },
    swap: { value: 96 * MiB, ancestor: null }, // memsw 192 MiB - 96 MiB
    cpu: { value: 0.25, ancestor: null },
    cpus: { value: null, ancestor: null },
    pids: { value: 40, ancestor: null },
    read: { value: 1_048_576, ancestor: null },
    write: { value: null, ancestor: null },
  });
});

test("hybrid: the controllers of v1, the pressure of v2", () => {
  const reading = readOf(pathsIn("hybrid/kernel-6.18"));
  expect(reading).toMatchObject({ cpu: v1Cpu, memory: v1Memory, pids: 1 });
  expect(reading.pressure?.cpu).toBeGreaterThan(0);
});

test("hybrid without cpuacct takes the CPU of v2, without throttling", () => {
  const { used, ...throttling } = readOf({ ...pathsIn("hybrid/kernel-6.18"), cpuacct: null }).cpu ?? {};
  expect(used).toBeGreaterThan(1.6e9);
  expect(throttling).toEqual({ periods: null, throttledPeriods: null, throttledTime: null });
});

test("v2, each figure as it stands in its file", () => {
  const reading = readOf(pathsIn("v2/kernel-6.1"));
  expect(reading).toMatchObject({
    cpu: { used: 276_383_000, periods: 9, throttledPeriods: 5, throttledTime: 151_649_000 },
    memory: {
      charged: 44_462_080,
      anon: 25_272_320,
      file: 18_874_368,
      shmem: 6_291_456,
      activeFile: 0,
      inactiveFile: 0,
      mappedFile: 0,
      kernel: 315_392,
      slabReclaimable: 47_544,
      swap: 0,
      refaults: 0,
    },
    io: { read: 0, written: 0 },
    pressure: { cpu: 158_367_000, memory: 0, io: 0, memoryFull: 0, ioFull: 0 },
    oomKills: 0,
    limitHits: 0,
    highHits: 0,
    pidsHits: null, // the fixture has no pids.events
  });
  expect(reading.limits).toMatchObject({
    memory: { value: 96 * MiB, ancestor: null },
    memoryHigh: { value: null, ancestor: null },
    swap: { value: null, ancestor: null },
    cpu: { value: 0.5, ancestor: null },
    pids: { value: 40, ancestor: null },
  });
});

test("a kernel before 5.18 has no `kernel`: its parts are added", () => {
  const paths = pathsIn("v2/kernel-6.1");
  writeFileSync(
    join(folder, "v2/kernel-6.1/memory.stat"),
    "anon 1\nfile 2\nkernel_stack 100\npagetables 20\nsock 3\nslab 4000\n",
  );
  expect(readOf(paths).memory?.kernel).toBe(4_123); // no percpu, no vmalloc: younger than that kernel
  writeFileSync(join(folder, "v2/kernel-6.1/memory.stat"), "anon 1\nfile 2\n");
  expect(readOf(paths).memory?.kernel).toBeNull();
});

test.each([
  ["v1/kernel-6.18", "memory/memory.kmem.usage_in_bytes", { memory: { kernel: null } }],
  ["v1/kernel-6.18", "memory/memory.failcnt", { limitHits: null, oomKills: 0 }],
  ["v1/kernel-6.18", "memory/memory.oom_control", { limitHits: 0, oomKills: null }],
  ["v1/kernel-6.18", "memory/memory.max_usage_in_bytes", { memory: { peak: null } }],
  ["v1/kernel-6.18", "memory/memory.usage_in_bytes", { memory: null }],
  ["v1/kernel-6.18", "memory/memory.limit_in_bytes", { limits: { memory: { value: null } } }],
  [
    "v1/kernel-6.18",
    "cpu/cpu.stat",
    { cpu: { ...v1Cpu, periods: null, throttledTime: null, throttledPeriods: null } },
  ],
  ["v1/kernel-6.18", "pids/pids.current", { pids: null }],
  ["v2/kernel-6.1", "memory.stat", { memory: { charged: 44_462_080, anon: null, file: null, kernel: null } }],
  ["v2/kernel-6.1", "memory.peak", { memory: { peak: null } }],
  ["v2/kernel-6.1", "memory.swap.current", { memory: { swap: null } }],
  ["v2/kernel-6.1", "memory.events", { oomKills: null, limitHits: null, highHits: null }],
  ["v2/kernel-6.1", "memory.pressure", { pressure: { memory: null, memoryFull: null, ioFull: 0 } }],
  ["v1/kernel-6.18", "pids/pids.events", { pidsHits: null }],
  ["v2/kernel-6.1", "cpu.stat", { cpu: null }],
  ["v2/kernel-6.1", "io.stat", { io: null }],
  ["v2/kernel-6.1", "io.pressure", { pressure: { cpu: 158_367_000, io: null } }],
] as const)("%s without %s: unknown, never 0", (version, file, expected) => {
  rmSync(join(folder, version, file));
  expect(readOf(pathsIn(version))).toMatchObject(expected);
});

test("between whole reads the same memory reading is handed out, until the charge changes", () => {
  const paths = pathsIn("v2/kernel-6.1");
  const stat = join(folder, "v2/kernel-6.1/memory.stat");
  const reader = openIn(paths);
  const memory = () => {
    const reading = reader.read();
    return reading === null || reading === "gone" ? null : reading.memory;
  };
  const first = memory();
  writeFileSync(stat, "anon 5\nfile 6\n");
  const later = Array.from({ length: 5 }, memory);
  // One of any five in a row is read whole; those before it are the very object of the first.
  const whole = later.findIndex((one) => one !== first);
  expect(whole).toBeGreaterThanOrEqual(0);
  expect(later[whole]).toMatchObject({ charged: 44_462_080, anon: 5, file: 6 });
  writeFileSync(join(folder, "v2/kernel-6.1/memory.current"), "44470000\n");
  writeFileSync(stat, "anon 7\nfile 6\n");
  // The peak is at the least what is charged, though its file is read every fifth time only.
  expect(memory()).toMatchObject({ charged: 44_470_000, anon: 7 });
  reader.close();
});

test("whole reads are spread over the instances", () => {
  const paths = pathsIn("v2/kernel-6.1");
  const readers = Array.from({ length: 5 }, () => openIn(paths));
  const before = readers.map((reader) => reader.read());
  writeFileSync(join(folder, "v2/kernel-6.1/memory.stat"), "anon 5\nfile 6\n");
  const memoryOf = (reading: Reading | null | "gone" | undefined) => (reading as Reading).memory;
  const renewed = readers.filter((reader, index) => memoryOf(reader.read()) !== memoryOf(before[index]));
  expect(renewed).toHaveLength(1);
  for (const reader of readers) reader.close();
});

test("helpers are summed, and unknown as long as one of them is", () => {
  helpers = [
    { pid: 1, name: "containerd-shim", private: 3 * MiB },
    { pid: 2, name: "docker-proxy", private: MiB },
  ];
  expect(readOf(pathsIn("v2/kernel-6.1")).helpers).toBe(4 * MiB);
  helpers = [...helpers, { pid: 3, name: "docker-proxy", private: null }];
  expect(readOf(pathsIn("v2/kernel-6.1")).helpers).toBeNull();
});

test("a cgroup that isn't there can't be opened", () => {
  const paths = { ...nowhere, unified: join(folder, "nothing") };
  expect(() => openIn(paths)).toThrow("ENOENT");
  expect(() => openIn(nowhere)).toThrow();
});

test("closing gives every descriptor back, also twice", () => {
  const before = descriptors.held;
  for (let round = 0; round < 100; round++) {
    const reader = openIn(pathsIn(round % 2 ? "hybrid/kernel-6.18" : "v2/kernel-6.1"));
    reader.read();
    reader.close();
    reader.close();
  }
  expect(descriptors.held).toBe(before);
});

test("without descriptors to spare it reads as well, and sees that another cgroup took the path", () => {
  const most = descriptors.most;
  descriptors.most = descriptors.held + 2;
  try {
    const held = descriptors.held;
    const reader = openIn(pathsIn("v2/kernel-6.1"));
    expect(descriptors.held).toBe(held + 2);
    expect(reader.read()).toMatchObject({ memory: { charged: 44_462_080, anon: 25_272_320 }, pids: 3 });
    const path = join(folder, "v2/kernel-6.1");
    renameSync(path, `${path}.old`);
    mkdirSync(path);
    cpSync(`${path}.old`, path, { recursive: true });
    expect(reader.read()).toBe("gone");
    expect(descriptors.held).toBe(held);
  } finally {
    descriptors.most = most;
  }
});
