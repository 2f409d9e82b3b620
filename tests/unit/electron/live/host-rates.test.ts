import { expect, test } from "vitest";
import { type Counters, rates } from "../../../../electron/live/host-rates.ts";

const second = 1e9;
const counters = (at: number, busy: number, read: number | null): Counters => ({
  ...{ at: at * second, busy: busy * second, read, written: 0, received: 0, sent: 0 },
});
const none = { cores: null, read: null, written: null, received: null, sent: null };

test.each([
  ["half a core, 500 bytes a second", counters(12, 6, 2_000), { cores: 0.5, read: 500 }], // 1 s / 2 s; 1,000 / 2 s
  ["exactly three periods", counters(13, 5, 1_000), { cores: 0, read: 0 }],
  ["slept: a gap", counters(13.1, 6, 2_000), none],
  ["no time passed", counters(10, 6, 2_000), none],
  ["the disk was replaced: its counter went back", counters(11, 6, 400), { cores: 1, read: null }],
  ["unknown now", counters(11, 6, null), { cores: 1, read: null }],
  ["ticks add up to more than all cores", counters(11, 7.1, 1_000), { cores: 2 }], // 2.1 of 2
] as const)("%s", (_, now, expected) => {
  const rate = rates(2);
  expect(rate(counters(10, 5, 1_000))).toEqual(none);
  expect(rate(now)).toMatchObject(expected);
});
