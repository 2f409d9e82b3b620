import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { type FigureName, figures, type Sample } from "../../../../shared/figures.ts";
import { type Context, derive } from "../../../../shared/measure/derive.ts";
import type { Reading } from "../../../../shared/model/reading.ts";
import { context, GiB, reading, second } from "./readings.ts";

/** What a kernel, an engine or a liar may say: likely sizes, edges, and what is no number at all. */
const hostile = fc.oneof(
  fc.integer({ min: 0, max: 8 * GiB }),
  fc.integer({ min: 0, max: 100 }),
  fc.constantFrom(0, -1, 2 ** 53, 2 ** 60, 2 ** 63, 2 ** 64, -(2 ** 40), Number.MAX_VALUE),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
);
const maybe = fc.option(hostile, { nil: null });
const inForce = fc.record({ value: maybe, ancestor: fc.constantFrom(null, "/a.slice") });
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const anyReading: fc.Arbitrary<Reading> = fc.record({
  at: fc.oneof(
    fc.integer({ min: 0, max: 10 }).map((seconds) => seconds * second),
    hostile,
  ),
  cpu: orNull(fc.record({ used: hostile, periods: maybe, throttledPeriods: maybe, throttledTime: maybe })),
  memory: orNull(
    fc.record({
      charged: hostile,
      anon: maybe,
      file: maybe,
      shmem: maybe,
      activeFile: maybe,
      inactiveFile: maybe,
      mappedFile: maybe,
      kernel: maybe,
      slabReclaimable: maybe,
      swap: maybe,
      peak: maybe,
      refaults: maybe,
    }),
  ),
  resident: maybe,
  guest: orNull(fc.record({ allowed: maybe, inUse: maybe })),
  helpers: maybe,
  pids: maybe,
  io: orNull(fc.record({ read: hostile, written: hostile })),
  network: orNull(fc.record({ received: hostile, sent: hostile })),
  pressure: orNull(fc.record({ cpu: maybe, memory: maybe, io: maybe, memoryFull: maybe, ioFull: maybe })),
  oomKills: maybe,
  limitHits: maybe,
  highHits: maybe,
  pidsHits: maybe,
  limits: orNull(
    fc.record({
      memory: inForce,
      memoryHigh: inForce,
      swap: inForce,
      cpu: inForce,
      cpus: inForce,
      pids: inForce,
      read: inForce,
      write: inForce,
    }),
  ),
});

const anyContext: fc.Arbitrary<Context> = fc.record({
  kind: fc.constantFrom("container" as const, "vm" as const),
  reported: fc.record({ memory: maybe, cpu: maybe, pids: maybe }),
  configured: maybe,
  vcpus: maybe,
  host: fc.record({
    memory: fc.integer({ min: GiB, max: 64 * GiB }),
    threads: fc.integer({ min: 1, max: 64 }),
  }),
  period: fc.constant(second),
  earlier: orNull(anyReading),
});

/** A machine that does ten other things must not fail a property. */
vi.setConfig({ testTimeout: 60_000 });

/** Figures that can't be over what the host has, 2 % for clocks that differ. */
const weighed: readonly FigureName[] = [
  "gross",
  "net",
  "cache",
  "cacheActive",
  "tare",
  "tareKernel",
  "tareHelpers",
  "workingSet",
  "peak",
  "killable",
  "cacheMapped",
  "slabReclaimable",
];
const shares: readonly FigureName[] = [
  "throttledShare",
  "pressureCpu",
  "pressureMemory",
  "pressureIo",
  "pressureMemoryFull",
  "pressureIoFull",
];

const samples = (check: (sample: Sample, context: Context, after: Reading) => void) =>
  fc.assert(
    fc.property(orNull(anyReading), anyReading, anyContext, (before, after, context) =>
      check(derive(before, after, context), context, after),
    ),
    { numRuns: 1_000 },
  );

test("whatever is read: no NaN, nothing negative, nothing endless, nothing above the host's capacity", () => {
  samples((sample, { host }) => {
    expect(Object.keys(sample).sort()).toEqual(Object.keys(figures).sort());
    for (const [name, value] of Object.entries(sample)) {
      if (value === null) continue;
      expect(Number.isFinite(value), name).toBe(true);
      // What remains of two files that are read one after the other may be below 0: measuring.md#other.
      if (name !== "other") expect(value, name).toBeGreaterThanOrEqual(0);
    }
    for (const name of weighed) expect(sample[name] ?? 0, name).toBeLessThanOrEqual(host.memory * 1.02);
    for (const name of shares) expect(sample[name] ?? 0, name).toBeLessThanOrEqual(1);
    for (const name of ["cores", "throttledTime"] as const)
      expect(sample[name] ?? 0, name).toBeLessThanOrEqual(host.threads * 1.02);
    expect(sample.memoryLimit ?? 0).toBeLessThanOrEqual(host.memory);
    expect(sample.cpuLimit ?? 0).toBeLessThanOrEqual(host.threads);
  });
});

test("whatever is read: net + cache + tare + other is gross, to the byte", () => {
  let summed = 0;
  samples((sample) => {
    const { net, cache, tare, other, gross } = sample;
    if (other === null) return;
    summed++;
    expect((net ?? Number.NaN) + (cache ?? Number.NaN) + (tare ?? 0) + other).toBe(gross);
  });
  expect(summed).toBeGreaterThan(0);
});

test("what a sound kernel tells adds up: net + cache + tare + other = charged + helpers", () => {
  const size = fc.integer({ min: 0, max: GiB });
  const sound = { ...context, host: { memory: 64 * GiB, threads: 4 } };
  fc.assert(
    fc.property(
      fc.record({ charged: size, anon: size, shmem: size, file: size, kernel: size, helpers: size }),
      fc.boolean(),
      ({ helpers, ...told }, pageCacheRaces) => {
        const file = pageCacheRaces ? told.file : told.file + told.shmem;
        const rest = { activeFile: null, inactiveFile: null, mappedFile: null, slabReclaimable: null };
        const memory = { ...told, ...rest, file, swap: null, peak: null, refaults: null };
        const sample = derive(null, reading(0, { memory, helpers }), sound);
        const { net, cache, tare, other, gross } = sample;
        expect([net, tare, gross]).toEqual([
          told.anon + told.shmem,
          told.kernel + helpers,
          told.charged + helpers,
        ]);
        expect((net ?? 0) + (cache ?? 0) + (tare ?? 0) + (other ?? 0)).toBe(told.charged + helpers);
      },
    ),
  );
});
