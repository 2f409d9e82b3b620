import fc from "fast-check";
import { expect, test } from "vitest";
import { derive } from "../../../../shared/measure/derive.ts";
import { standing } from "../../../../shared/measure/standing.ts";
import type { Reading } from "../../../../shared/model/reading.ts";

const second = 1e9;
const context = {
  kind: "container" as const,
  reported: { memory: null, cpu: 0.5, pids: null },
  configured: null,
  vcpus: null,
  host: { memory: 8e9, threads: 2 },
  period: second,
};
const noLimit = { value: null, ancestor: null };

/** One reading in objects of its own, so that what is compared is what they tell. */
const reading = (at: number, level: number, waited: number): Reading => ({
  at,
  cpu: { used: 1e9 + level, periods: 10, throttledPeriods: 1, throttledTime: 5 },
  memory: {
    charged: 1e6 + level,
    anon: 1e5,
    file: 2e5,
    shmem: 0,
    activeFile: 1,
    inactiveFile: 2,
    mappedFile: 3,
    kernel: 4,
    slabReclaimable: null,
    swap: null,
    peak: 2e6,
    refaults: 7,
  },
  resident: null,
  guest: null,
  helpers: 10,
  pids: 1,
  io: { read: level, written: 0 },
  network: { received: 0, sent: level },
  pressure: { cpu: waited, memory: 0, io: 0, memoryFull: 0, ioFull: null },
  oomKills: 0,
  limitHits: 0,
  highHits: null,
  pidsHits: null,
  limits: {
    memory: { value: 4e6, ancestor: null },
    memoryHigh: noLimit,
    swap: noLimit,
    cpu: { value: 0.5, ancestor: null },
    cpus: noLimit,
    pids: noLimit,
    read: noLimit,
    write: noLimit,
  },
});

test("three that tell the same at usual times stand; any other value, a pause or a jitter does not", () => {
  const [a, b, c] = [0, 1, 2].map((at) => reading(at * second, 0, 0)) as [Reading, Reading, Reading];
  expect(standing(a, b, c, second)).toBe(true);
  expect(standing(null, b, c, second)).toBe(false);
  expect(standing(a, b, { ...c, pids: 2 }, second)).toBe(false);
  expect(
    standing(a, b, { ...c, cpu: { ...(c.cpu as NonNullable<Reading["cpu"]>), used: 1e9 + 1 } }, second),
  ).toBe(false);
  expect(standing({ ...a, network: null }, b, c, second)).toBe(false);
  const limits = c.limits as NonNullable<Reading["limits"]>;
  const moved = { ...limits, memory: { value: 4e6, ancestor: "/a.slice" } };
  expect(standing(a, b, { ...c, limits: moved }, second)).toBe(false);
  expect(standing(a, b, { ...c, at: 1.75 * second }, second)).toBe(false);
  expect(standing(a, b, { ...c, at: 4.5 * second }, second)).toBe(false); // asleep: a gap
});

test("while it stands, what was derived is what would be derived, whatever came before", () => {
  const step = fc.record({
    after: fc.constantFrom(0.3, 0.7, 0.85, 0.95, 1, 1.1, 2.5, 3.5),
    level: fc.constantFrom(0, 0, 0, 0, 5),
    waited: fc.constantFrom(0, 0, 0, 1e8),
  });
  let stood = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 4, maxLength: 30 }), (steps) => {
      let at = 0;
      let [level, waited] = [0, 0];
      const all = steps.map((one) => {
        at += one.after * second;
        level += one.level;
        waited += one.waited;
        return reading(at, level, waited);
      });
      const stands = (index: number) =>
        standing(all[index - 2] ?? null, all[index - 1] ?? null, all[index] as Reading, second);
      const sample = (index: number) =>
        derive(all[index - 1] ?? null, all[index] as Reading, {
          ...context,
          earlier: all[index - 2] ?? null,
        });
      for (let index = 1; index < all.length; index++) {
        if (!stands(index) || !stands(index - 1)) continue;
        stood++;
        expect(sample(index)).toEqual(sample(index - 1));
      }
    }),
    { numRuns: 300 },
  );
  expect(stood).toBeGreaterThan(50);
});
