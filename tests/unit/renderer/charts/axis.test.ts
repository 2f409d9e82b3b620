import { expect, test } from "vitest";
import { axis } from "../../../../renderer/charts/axis.ts";

const mib = 1024 * 1024;
test.each([
  // 192 / 5 steps of 35 px = 38 -> 64; upper end: 192 x 1.06 = 203.5 -> next half step: 224
  ["memory under 192 MiB", 192 * mib, "bytes", 184, 224 * mib, [0, 64, 128, 192].map((each) => each * mib)],
  [
    "a VM of 8 GiB",
    8192 * mib,
    "bytes",
    192,
    9216 * mib,
    [0, 2048, 4096, 6144, 8192].map((each) => each * mib),
  ],
  ["half a core: quarters", 0.5, "cores", 106, 0.625, [0, 0.25, 0.5]],
  ["four vCPUs: whole cores", 4, "cores", 106, 5, [0, 2, 4]],
  ["34 % of the time", 0.34, "fraction", 76, 0.4, [0, 0.2, 0.4]],
  ["nothing used: an axis that claims no scale", 0, "cores", 106, 1, [0]],
] as const)("%s", (_, largest, kind, height, high, ticks) => {
  const found = axis(largest, kind, height);
  expect(found.high).toBeCloseTo(high, 9);
  expect(found.ticks).toHaveLength(ticks.length);
  for (const [index, tick] of ticks.entries()) expect(found.ticks[index]).toBeCloseTo(tick, 9);
});

test("every value fits under the upper end, and labels have room", () => {
  for (let value = 0.001; value < 1e13; value *= 1.7) {
    for (const kind of ["bytes", "cores", "fraction"] as const) {
      const { high, ticks } = axis(value, kind, 184);
      expect(high).toBeGreaterThan(value);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(184 / ticks.length).toBeGreaterThan(25);
    }
  }
});
