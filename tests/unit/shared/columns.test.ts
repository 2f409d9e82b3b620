import fc from "fast-check";
import { expect, test } from "vitest";
import { fromRow, toRow, width } from "../../../shared/columns.ts";
import { type FigureName, figureNames, type Sample } from "../../../shared/figures.ts";

const sampleOf = (values: readonly (number | null)[]) =>
  Object.fromEntries(figureNames.map((name, column) => [name, values[column] ?? null])) as unknown as Sample;

test("null is NaN in a row, 0 stays 0, and the row before and after is left alone", () => {
  const row = new Float64Array(3 * width).fill(7);
  const sample = { ...sampleOf([]), cores: 0, gross: 3 };
  toRow(sample, row, width);
  expect([row[width - 1], row[2 * width]]).toEqual([7, 7]);
  expect(row[width + figureNames.indexOf("cores")]).toBe(0);
  expect(row[width + figureNames.indexOf("net")]).toBeNaN();
  expect(fromRow(row, width)).toEqual(sample);
});

test("infinity, which only a damaged file holds, is unknown", () => {
  const row = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
  expect(fromRow(row, 0)).toEqual(sampleOf([]));
});

test("a row that is cut: what is missing is unknown", () => {
  expect(fromRow(new Float64Array([1, 2]), 0)).toEqual({ ...sampleOf([]), cores: 1, cpuLimit: 2 });
});

test("any sample comes back as it was", () => {
  const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null });
  fc.assert(
    fc.property(fc.array(value, { minLength: width, maxLength: width }), (values) => {
      const row = new Float64Array(width);
      toRow(sampleOf(values), row, 0);
      expect(fromRow(row, 0)).toEqual(sampleOf(values));
    }),
  );
});

test("the order of columns is the registry's: recordings are read by it", () => {
  const first: readonly FigureName[] = [
    "cores",
    "cpuLimit",
    "cpuUsed",
    "throttledShare",
    "throttledTime",
    "gross",
  ];
  expect(figureNames.slice(0, 6)).toEqual(first);
  expect(figureNames.slice(-2)).toEqual(["pressureMemoryFull", "pressureIoFull"]);
  expect(width).toBe(44);
});
