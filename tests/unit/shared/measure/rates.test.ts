import { expect, test } from "vitest";
import { grown, interval, perSecond } from "../../../../shared/measure/rates.ts";
import { cpu, ms, reading, second } from "./readings.ts";

test.each([
  ["a second and a bit", reading(10_000 * ms), reading(11_200 * ms), 1_200 * ms],
  ["three periods are the most", reading(10_000 * ms), reading(13_000 * ms), 3_000 * ms],
  ["laptop slept", reading(10_000 * ms), reading(13_001 * ms), null], //       3,001 ms > 3 x 1,000 ms
  ["no time passed", reading(10_000 * ms), reading(10_000 * ms), null],
  ["time went back", reading(10_000 * ms), reading(9_000 * ms), null],
  ["no reading before", null, reading(10_000 * ms), null],
  [
    "restarted: its CPU time went back", //                                    3 - 700 < 0
    reading(10_000 * ms, { cpu: cpu(700 * ms) }),
    reading(11_000 * ms, { cpu: cpu(3 * ms) }),
    null,
  ],
  ["time is no number", reading(10_000 * ms), reading(Number.NaN), null],
] as const)("interval: %s", (_, before, after, wall) => {
  expect(interval(before, after, second)).toBe(wall);
});

test.each([
  ["grew", 100, 150, 50],
  ["stood still", 100, 100, 0],
  ["went back", 100, 99, null],
  ["not counted before", null, 99, null],
  ["not counted now", 99, null, null],
  ["nothing before", undefined, 5, null],
] as const)("counter: %s", (_, before, after, growth) => {
  expect(grown(before, after)).toBe(growth);
});

test.each([
  ["1.5 MB in 1.5 s", 0, 1_500_000, 1_500 * ms, 1_000_000],
  ["nothing in 1 s", 7, 7, second, 0],
  ["counter was reset", 1_000, 10, second, null],
  ["no interval", 0, 10, null, null],
] as const)("rate: %s", (_, before, after, wall, rate) => {
  expect(perSecond(before, after, wall)).toBe(rate);
});
