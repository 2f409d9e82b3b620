import { describe, expect, test } from "vitest";
import {
  ceiling,
  linearTicks,
  logPlace,
  logSteps,
  logTicks,
  nextDomain,
} from "../../../../../renderer/views/scale/domain.ts";
import { mib } from "../../weighed.ts";

const gib = 1024 * mib;

test.each([
  [0, 8 * mib], // never below 8 MiB
  [8 * mib, 8 * mib], // just fits
  [437 * mib, 512 * mib],
  [513 * mib, gib],
  [7.08 * gib, 8 * gib],
])("%d bytes fit a ruler of %d", (needed, end) => expect(ceiling(needed)).toBe(end));

describe("a ruler moves only when it must", () => {
  const half = { end: gib, idleSince: null };
  test("a bar up to 10 % beyond it is torn instead", () => {
    expect(nextDomain(half, 1.1 * gib, 0)).toBe(half);
    expect(nextDomain(half, 1.11 * gib, 0).end).toBe(2 * gib);
  });
  test("it shrinks after 30 s in which half of it would do", () => {
    const idle = nextDomain(half, 0.4 * gib, 1_000);
    expect(idle).toEqual({ end: gib, idleSince: 1_000 });
    expect(nextDomain(idle, 0.4 * gib, 30_999).end).toBe(gib); // 29.999 s
    expect(nextDomain(idle, 0.4 * gib, 31_000).end).toBe(0.5 * gib); // 30 s
  });
  test("a spike in between starts the 30 s anew", () => {
    const idle = nextDomain(half, 0.4 * gib, 1_000);
    expect(nextDomain(idle, 0.6 * gib, 20_000).idleSince).toBeNull();
  });
});

test("ticks carry short figures, and the unit only at the end", () => {
  const labels = (end: number) => linearTicks(end).map(({ label }) => label);
  expect(labels(8 * gib)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8 GiB"]);
  expect(labels(2 * gib)).toEqual(["0", "", "0.5", "", "1", "", "1.5", "", "2 GiB"]);
  expect(labels(512 * mib)).toEqual(["0", "", "128", "", "256", "", "384", "", "512 MiB"]);
});

test("the logarithmic ruler doubles at each tick, from 1 MiB", () => {
  expect(logSteps(8 * gib)).toBe(16); // 64 GiB at the least
  expect(logSteps(100 * gib)).toBe(18); // 2^18 MiB = 256 GiB
  expect(logPlace(mib, 16)).toBe(0);
  expect(logPlace(256 * mib, 16)).toBe(0.5); // 8 doublings of 16
  expect(logPlace(1, 16)).toBe(0); // below 1 MiB: at its start
  expect(logPlace(1024 * gib, 16)).toBe(1); // beyond: at its end
  expect(
    logTicks(16)
      .map(({ label }) => label)
      .filter(Boolean),
  ).toEqual(["1 MiB", "4", "16", "64", "256 MiB", "1 GiB", "4", "16", "64 GiB"]);
});
