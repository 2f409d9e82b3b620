import { expect, test } from "vitest";
import { throttling } from "../../../../shared/measure/throttling.ts";
import { cpu, ms, second } from "./readings.ts";

const at = (periods: number | null, throttledPeriods: number | null, throttledTime: number | null) =>
  cpu(0, {
    periods,
    throttledPeriods,
    throttledTime: throttledTime === null ? null : throttledTime * ms,
  });

test.each([
  // share = throttled / periods, lost = ms stopped / 1,000 ms
  ["4 of 10 periods, 600 ms", at(100, 20, 5_000), at(110, 24, 5_600), true, 0.4, 0.6],
  ["every period, on both cores", at(0, 0, 0), at(10, 10, 1_800), true, 1, 1.8],
  ["not throttled", at(100, 20, 5_000), at(110, 20, 5_000), true, 0, 0],
  ["slept: no period began", at(100, 20, 5_000), at(100, 20, 5_000), true, 0, 0],
  ["no quota of its own: not measured", at(0, 0, 0), at(0, 0, 0), false, null, null],
  [
    "v2 without the cpu controller: not measured",
    at(null, null, null),
    at(null, null, null),
    true,
    null,
    null,
  ],
  ["counters were reset", at(100, 20, 5_000), at(3, 1, 20), true, null, null],
  ["more stops than periods are refused", at(0, 0, 0), at(2, 3, 0), true, null, 0],
  ["stops without a period are refused", at(5, 0, 0), at(5, 1, 0), true, null, 0],
  ["two long stops ended in one interval: refused", at(0, 0, 0), at(2, 2, 3_900), true, 1, null], // 3.9 > 2 cores
] as const)("%s", (_, before, after, own, share, lost) => {
  expect(throttling(before, after, second, own, 2)).toEqual({ share, lost });
});

test("no interval: not measured", () => {
  expect(throttling(at(0, 0, 0), at(10, 1, 1), null, true, 2)).toEqual({ share: null, lost: null });
});
