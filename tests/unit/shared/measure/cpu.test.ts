import { expect, test } from "vitest";
import { coresUsed } from "../../../../shared/measure/cpu.ts";
import { cpu, ms, second } from "./readings.ts";

test.each([
  ["half a second in two", cpu(700 * ms), cpu(1_200 * ms), 2 * second, 0.25], //      500 / 2,000
  ["both cores", cpu(0), cpu(2_000 * ms), second, 2], //                            2,000 / 1,000
  ["idle", cpu(700 * ms), cpu(700 * ms), second, 0],
  ["both cores, clocks 1 % apart", cpu(0), cpu(2_020 * ms), second, 2.02], //       within 2 % of 2 threads
  ["three cores of two", cpu(0), cpu(3_000 * ms), second, null],
  ["went back", cpu(700 * ms), cpu(3 * ms), second, null],
  ["no interval", cpu(0), cpu(1), null, null],
  ["not counted before", null, cpu(1), second, null],
  ["not counted now", cpu(1), null, second, null],
] as const)("%s", (_, before, after, wall, cores) => {
  expect(coresUsed(before, after, wall, 2)).toBe(cores);
});
