import { describe, expect, test } from "vitest";
import { derive } from "../../../../shared/measure/derive.ts";
import { context, cpu, GiB, limits, MiB, memory, ms, reading, second } from "./readings.ts";

const before = reading(10 * second, {
  cpu: cpu(700 * ms, { periods: 100, throttledPeriods: 20, throttledTime: 5_000 * ms }),
  network: { received: 1_000, sent: 0 },
  io: { read: 4_096, written: 0 },
  memory: memory({ charged: 100, refaults: 1_000 }),
  pressure: { cpu: 0, memory: 0, io: 0, memoryFull: 0, ioFull: 0 },
});
const after = reading(12 * second, {
  cpu: cpu(1_200 * ms, { periods: 120, throttledPeriods: 28, throttledTime: 5_900 * ms }),
  memory: memory({
    charged: 100,
    anon: 40,
    shmem: 10,
    file: 45,
    activeFile: 25,
    inactiveFile: 10,
    kernel: 12,
    slabReclaimable: 5,
    swap: 3,
    peak: 140,
    mappedFile: 6,
    refaults: 1_300,
  }),
  pressure: { cpu: 0, memory: 800 * ms, io: 0, memoryFull: 600 * ms, ioFull: 200 * ms },
  helpers: 8 * MiB,
  pids: 7,
  network: { received: 3_001_000, sent: 500 },
  io: { read: 4_096, written: 2_048 },
  oomKills: 2,
  limitHits: 35,
  highHits: 4,
  pidsHits: 1,
  limits: limits({
    memory: { value: 120 * MiB, ancestor: "/shop.slice" },
    cpu: { value: 0.5, ancestor: null },
    pids: { value: 64, ancestor: null },
    memoryHigh: { value: 110 * MiB, ancestor: null },
    swap: { value: 64 * MiB, ancestor: null },
    read: { value: 2_000_000, ancestor: null },
    write: { value: 1_000_000, ancestor: null },
  }),
});

test("a container under limits, every figure by hand", () => {
  expect(derive(before, after, context)).toEqual({
    cores: 0.25, //                 500 ms / 2,000 ms
    cpuLimit: 0.5,
    cpuUsed: 0.5, //                0.25 / 0.5
    throttledShare: 0.4, //         8 / 20
    throttledTime: 0.45, //         900 ms / 2,000 ms
    gross: 108 * MiB,
    net: 50 * MiB,
    cache: 35 * MiB,
    cacheActive: 25 * MiB,
    tare: 20 * MiB,
    tareKernel: 12 * MiB,
    tareHelpers: 8 * MiB,
    other: 3 * MiB,
    workingSet: 90 * MiB, //        100 - 10
    peak: 140 * MiB,
    memoryLimit: 120 * MiB,
    memoryUsed: 0.75, //            90 / 120
    killable: 57 * MiB, //          50 + 12 - 5
    swap: 3 * MiB,
    configured: null,
    inUse: null,
    held: null,
    pids: 7,
    pidsLimit: 64,
    received: 1_500_000, //         3,000,000 / 2 s
    sent: 250,
    read: 0,
    written: 1_024,
    pressureCpu: 0,
    pressureMemory: 0.4, //         800 ms / 2,000 ms
    pressureIo: 0,
    oomKills: 2,
    limitHits: 35,
    memoryHigh: 110 * MiB,
    swapLimit: 64 * MiB,
    readLimit: 2_000_000,
    writeLimit: 1_000_000,
    cacheMapped: 6 * MiB,
    slabReclaimable: 5 * MiB,
    refaults: 150, //               300 / 2 s
    highHits: 4,
    pidsHits: 1,
    pressureMemoryFull: 0.3, //     600 ms / 2,000 ms
    pressureIoFull: 0.1, //         200 ms / 2,000 ms
  });
});

describe("a gap is no spike: rates are unknown, gauges stay", () => {
  const rates = [
    "cores",
    "cpuUsed",
    "throttledShare",
    "throttledTime",
    "received",
    "sent",
    "read",
    "written",
  ] as const;
  const slept = { ...after, at: 13.001 * second };
  const restarted = { ...after, cpu: cpu(3 * ms) };
  test.each([
    ["first reading", null, after],
    ["slept for more than three periods", before, slept],
    ["restarted", before, restarted],
    ["read twice at one moment", before, { ...after, at: before.at }],
  ] as const)("%s", (_, from, to) => {
    const sample = derive(from, to, context);
    for (const rate of rates) expect([rate, sample[rate]]).toEqual([rate, null]);
    expect(sample).toMatchObject({ gross: 108 * MiB, pids: 7, cpuLimit: 0.5, memoryUsed: 0.75 });
  });
});

test("one counter that went back (a disk was detached) costs only its own rate", () => {
  const sample = derive(before, { ...after, io: { read: 0, written: 2_048 } }, context);
  expect(sample).toMatchObject({ read: null, written: 1_024, cores: 0.25 });
});

test("a VM: three figures for memory, a ceiling by RAM and vCPUs, nothing split", () => {
  const vm = reading(12 * second, {
    cpu: cpu(1_200 * ms),
    resident: 280 * MiB,
    memory: memory({ charged: 900, anon: 270, file: 620, inactiveFile: 600, kernel: 4 }),
    guest: { allowed: 512 * MiB, inUse: 61 * MiB },
    pids: 5,
  });
  expect(derive(before, vm, { ...context, kind: "vm", configured: 512 * MiB, vcpus: 1 })).toMatchObject({
    cores: 0.25,
    cpuLimit: 1,
    cpuUsed: 0.25,
    throttledShare: null,
    gross: 284 * MiB, //           280 + 4
    net: null,
    cache: null,
    tare: null,
    tareKernel: 4 * MiB,
    other: null,
    killable: null,
    configured: 512 * MiB,
    inUse: 61 * MiB,
    held: 223 * MiB, //            284 - 61
    memoryLimit: 512 * MiB,
    memoryUsed: 280 / 512,
  });
});

test("a small guest under QEMU, which needs more than the guest: RAM is used to 100 %, not more", () => {
  const vm = reading(0, { resident: 157 * MiB });
  expect(derive(null, vm, { ...context, kind: "vm", configured: 128 * MiB, vcpus: 1 }).memoryUsed).toBe(1);
});

test("a VM in a cgroup smaller than its RAM is judged by the cgroup", () => {
  const vm = reading(0, {
    resident: 200 * MiB,
    memory: memory({ charged: 240, inactiveFile: 48 }),
    limits: limits({ memory: { value: 256 * MiB, ancestor: null } }),
  });
  expect(derive(null, vm, { ...context, kind: "vm", configured: 512 * MiB, vcpus: 1 })).toMatchObject({
    memoryLimit: 256 * MiB,
    memoryUsed: 0.75, // (240 - 48) / 256
  });
});

test("a container that is weighed by its process: the resident set, and nothing made up", () => {
  expect(derive(null, reading(0, { resident: 90 * MiB }), context)).toMatchObject({
    gross: 90 * MiB,
    net: null,
    cache: null,
    tare: null,
    other: null,
    configured: null,
  });
});

test("more than the host has is refused: memory, CPU", () => {
  const lying = {
    ...after,
    cpu: cpu(60 * second),
    memory: memory({ charged: 9 * 1024, anon: 9 * 1024, shmem: 0 }),
  };
  const sample = derive(before, lying, context);
  expect(sample).toMatchObject({ cores: null, cpuUsed: null, gross: null, net: null, workingSet: null });
});

test("nothing known is null in every figure, never 0", () => {
  for (const value of Object.values(derive(null, reading(0), context))) expect(value).toBeNull();
});

describe("pressure is measured over the kernel's step of two seconds", () => {
  const at = (seconds: number, io: number) =>
    reading(seconds * second, {
      cpu: cpu(0),
      pressure: { cpu: null, memory: null, io: io * ms, memoryFull: null, ioFull: null },
    });

  test("from the reading two seconds ago, at one reading a second", () => {
    const sample = derive(at(11, 100), at(12, 400), { ...context, earlier: at(10, 100) });
    expect(sample.pressureIo).toBe(0.15); // 300 ms / 2,000 ms
  });
  test("unknown before there is one", () => {
    expect(derive(at(11, 100), at(12, 400), context).pressureIo).toBeNull();
  });
  test("from the reading before, where readings are two seconds apart", () => {
    expect(derive(at(10, 100), at(12, 400), { ...context, period: 2 * second }).pressureIo).toBe(0.15);
  });
  test("not across a gap", () => {
    const sample = derive(at(11, 100), at(12, 400), { ...context, earlier: at(7, 100) }); // 4 s > 3 x 1 s
    expect(sample.pressureIo).toBeNull();
  });
  test("late readings, each within three periods, are no gap", () => {
    const sample = derive(at(11, 100), at(12.25, 400), { ...context, earlier: at(8.5, 100) });
    expect(sample.pressureIo).toBe(0.08); // 300 ms / 3,750 ms
  });
});

test("all memory of a large host: figures stay exact whole bytes", () => {
  const host = { memory: 4096 * GiB, threads: 2 };
  const sample = derive(
    null,
    reading(0, {
      memory: {
        ...memory({ charged: 4_000_000, kernel: 1 }),
        anon: 2 ** 41 + 1,
        shmem: 3,
        file: 2 ** 40 + 7,
      },
    }),
    { ...context, host },
  );
  expect(sample.net).toBe(2 ** 41 + 4);
  expect(sample.cache).toBe(2 ** 40 + 4);
  expect(sample.other).toBe(4_000_000 * MiB - (2 ** 41 + 4) - (2 ** 40 + 4) - MiB);
});
