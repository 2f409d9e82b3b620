import { expect, test } from "vitest";
import { pressure } from "../../../../shared/measure/pressure.ts";
import { ms, nothing, reading } from "./readings.ts";

const waited = (at: number, some: number | null) =>
  reading(at * ms, {
    pressure: {
      cpu: some === null ? null : some * ms,
      memory: null,
      io: 0,
      memoryFull: null,
      ioFull: 7 * ms,
    },
  });

test.each([
  ["300 ms in 2 s", waited(10_000, 100), waited(12_000, 400), 0.15],
  ["nothing waited", waited(10_000, 100), waited(12_000, 100), 0],
  ["all the time, and a step of 2.004 s", waited(10_000, 0), waited(12_000, 2_004), 1],
  ["two of the kernel's steps in one window", waited(10_000, 0), waited(12_000, 4_008), 1],
  ["more time than there was is refused", waited(10_000, 0), waited(12_000, 9_000), null],
  ["over one second it would be 0 or the double", waited(10_000, 0), waited(11_000, 300), null],
  ["went back", waited(10_000, 400), waited(12_000, 100), null],
  ["not kept by this kernel", waited(10_000, null), waited(12_000, null), null],
  ["nothing before", null, waited(12_000, 400), null],
] as const)("%s", (_, from, after, share) => {
  expect(pressure(from, after).cpu).toBe(share);
});

test("each resource by itself", () => {
  expect(pressure(waited(10_000, 100), waited(12_000, 400))).toEqual({
    cpu: 0.15,
    memory: null,
    io: 0,
    memoryFull: null,
    ioFull: 0,
  });
  expect(pressure(nothing, reading(2_000 * ms))).toEqual({
    cpu: null,
    memory: null,
    io: null,
    memoryFull: null,
    ioFull: null,
  });
});
