import fc from "fast-check";
import { expect, test } from "vitest";
import {
  amountText,
  parseAmount,
  safeAmount,
  steppedAmount,
  unitOf,
} from "../../../../renderer/changes/amount.ts";
import { resources } from "../../../../shared/model/change.ts";

const mib = 1024 ** 2;
const gib = 1024 ** 3;

test("amounts that stand side by side share a unit, GiB only where it suits both", () => {
  expect(unitOf("memory", 192 * mib, 320 * mib)).toBe("MiB");
  expect(unitOf("memory", null, 320 * mib)).toBe("MiB");
  expect(unitOf("memory", 192 * mib, 1 * gib)).toBe("MiB");
  expect(unitOf("vmMemory", 8 * gib, 4.25 * gib)).toBe("GiB");
  expect(unitOf("memory", 8 * gib, 4.3 * gib)).toBe("MiB");
  expect(unitOf("cpu", 0.5, 1)).toBe("cores");
  expect(unitOf("pids", null)).toBe("pids");
});

test("an amount is written as limits are set", () => {
  expect(amountText(320 * mib, "MiB")).toBe("320");
  expect(amountText(1536 * mib, "MiB")).toBe("1,536");
  expect(amountText(192.5 * mib, "MiB")).toBe("192.5");
  expect(amountText(1.5 * gib, "GiB")).toBe("1.5");
  expect(amountText(0.5, "cores")).toBe("0.5");
  expect(amountText(2_000, "pids")).toBe("2,000");
});

test.each([
  ["memory", "320", "MiB", 320 * mib],
  ["memory", "1.5", "GiB", 1.5 * gib],
  ["memory", "320m", "GiB", 320 * mib],
  ["memory", " 1,5 GiB ", "MiB", 1.5 * gib],
  ["memory", "512 MB", "MiB", 512 * mib],
  ["memory", "1048576b", "MiB", mib],
  ["vmMemory", "2t", "MiB", 2 * 1024 * gib],
  ["memory", "320 mm", "MiB", null],
  ["memory", "-5", "MiB", null],
  ["memory", "0", "MiB", null],
  ["memory", "", "MiB", null],
  ["memory", "1e9", "MiB", null],
  ["cpu", "1.5", "cores", 1.5],
  ["cpu", "500m", "cores", 0.5],
  ["cpu", "0.004", "cores", null],
  ["memory", "1,536", "MiB", 1536 * mib],
  ["memory", "1,048,576 MiB", "MiB", 1024 * 1024 * mib],
  ["cpu", "2 cores", "cores", 2],
  ["cpu", "0.5코어", "cores", 0.5],
  ["cpu", "2 loaves", "cores", null],
  ["pids", "120개", "pids", 120],
  ["pids", "1,200 processes", "pids", 1_200],
  ["pids", "100", "pids", 100],
  ["pids", "1.5", "pids", null],
  ["pids", "100m", "pids", null],
] as const)("%s: %j in %s is read as %d", (resource, text, unit, value) => {
  expect(parseAmount(resource, text, unit)).toBe(value);
});

test("what is written can be read again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1 << 20 }), (whole) => {
      const amount = whole * mib;
      const unit = unitOf("memory", amount);
      expect(parseAmount("memory", amountText(amount, unit), unit)).toBe(amount);
    }),
  );
});

test("arrows lead through round amounts", () => {
  expect(steppedAmount("memory", 256 * mib, 1)).toBe(320 * mib);
  expect(steppedAmount("memory", 320 * mib, -1)).toBe(256 * mib);
  expect(steppedAmount("memory", 256 * mib, -1)).toBe(224 * mib);
  expect(steppedAmount("memory", 200 * mib, 1)).toBe(224 * mib);
  expect(steppedAmount("cpu", 0.5, 1)).toBe(0.6);
  expect(steppedAmount("cpu", 0.5, -1)).toBe(0.45);
  expect(steppedAmount("cpu", 1, 1)).toBe(1.25);
  expect(steppedAmount("pids", 100, 1)).toBe(150);
  expect(steppedAmount("pids", 100, -1)).toBe(95);
  expect(steppedAmount("pids", 1, -1)).toBe(1);
});

test("a step always moves, and up and down lead back from a round amount", () => {
  const base = { memory: mib, vmMemory: mib, cpu: 0.01, vmCpu: 0.01, pids: 1 } as const;
  fc.assert(
    fc.property(fc.constantFrom(...resources), fc.integer({ min: 2, max: 4_000 }), (resource, times) => {
      const amount = Math.round(times * base[resource] * 100) / 100;
      const up = steppedAmount(resource, amount, 1);
      expect(up).toBeGreaterThan(amount);
      expect(steppedAmount(resource, up, -1)).toBeLessThanOrEqual(amount);
    }),
  );
});

test("the nearest safe amount is not below the floor, and no grain above it", () => {
  expect(safeAmount("memory", 195.25 * mib)).toBe(196 * mib);
  expect(safeAmount("memory", 196 * mib)).toBe(196 * mib);
  expect(safeAmount("cpu", 0.539)).toBe(0.54);
  expect(safeAmount("cpu", 0.55)).toBe(0.55);
  expect(safeAmount("pids", 16.5)).toBe(17);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (floor) => {
      const safe = safeAmount("memory", floor);
      expect(safe).toBeGreaterThanOrEqual(floor);
      expect(safe - floor).toBeLessThan(mib);
    }),
  );
});
