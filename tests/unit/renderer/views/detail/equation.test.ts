import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addingUp, barDomain, grain, partsOfGross } from "../../../../../renderer/views/detail/equation.ts";
import { nothingKnown } from "../../../../../shared/wire/frames.ts";

const mib = 1024 * 1024;

test.each([
  ["201 = 168 + 19 + 5 + 9", [168.2, 18.6, 5.3, 9.1], 201.2, [168, 19, 5, 9]],
  ["1.4 three times is 4.2: written 2 + 1 + 1 = 4", [1.4, 1.4, 1.4], 4.2, [2, 1, 1]],
  ["rounding down everything would lose one", [0.6, 0.6, 0.6], 1.8, [1, 1, 0]],
  ["parts that are missing are not spread over the others", [10, 20], 90, [10, 20]],
  ["nothing", [], 0, []],
])("%s", (_, parts, sum, written) => {
  expect(addingUp(parts, sum, 1)).toEqual(written);
});

test("what is written adds up, and no part is off by a whole step", () => {
  void fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 5 }),
      (parts) => {
        const sum = parts.reduce((all, each) => all + each, 0);
        const written = addingUp(parts, sum, 1);
        expect(written.reduce((all, each) => all + each, 0)).toBe(Math.round(sum));
        for (const [index, part] of parts.entries())
          expect(Math.abs((written[index] ?? 0) - part)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test("unknown parts are left out, other stands only over 1 %", () => {
  const known = {
    ...nothingKnown,
    gross: 200,
    net: 150,
    cache: 40,
    tareKernel: null,
    tareHelpers: 8,
    other: 2,
  };
  expect(partsOfGross(known).map(({ key }) => key)).toEqual(["net", "cache", "helpers"]);
  expect(partsOfGross({ ...known, other: 3 }).map(({ key }) => key)).toEqual([
    "net",
    "cache",
    "helpers",
    "other",
  ]);
  expect(partsOfGross({ ...known, net: null })).toEqual([{ key: "whole", bytes: 200 }]);
  expect(partsOfGross(nothingKnown)).toEqual([]);
});

test("small containers are written in tenths of a MiB", () => {
  expect(grain(3 * mib)).toBe(mib / 10);
  expect(grain(201 * mib)).toBe(mib);
});

test("the bar ends over the larger of gross and limit; a limit ten times as large lies outside", () => {
  expect(barDomain(200, 100)).toEqual({ high: 223, torn: false });
  expect(barDomain(100, 200)).toEqual({ high: 223, torn: false });
  expect(barDomain(100, 1001)).toEqual({ high: 200, torn: true });
  expect(barDomain(0, null).high).toBeGreaterThan(0);
});
