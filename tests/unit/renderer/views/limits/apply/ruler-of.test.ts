import fc from "fast-check";
import { expect, test } from "vitest";
import { placeWords, rulerOf } from "../../../../../../renderer/views/limits/apply/ruler-of.ts";
import { apply } from "../../../../../../shared/words/en/apply.ts";

const { units } = apply;
const mib = 1024 ** 2;
const labels = (ruler: ReturnType<typeof rulerOf>) => ruler.divisions.map(({ label }) => label);

test("the ruler reaches over limit, use and new limit; its last label carries the unit", () => {
  const ruler = rulerOf("memory", [192 * mib, 320 * mib, 191 * mib, null], units);
  expect(ruler.high).toBe(384 * mib);
  expect(labels(ruler)).toEqual(["0", "64", "128", "192", "256", "320", "384 MiB"]);
  expect(labels(rulerOf("vmMemory", [8192 * mib, 4096 * mib], units)).at(-1)).toBe("10 GiB");
  expect(labels(rulerOf("cpu", [0.5, 0.75], units))).toEqual(["0", "0.25", "0.5", "0.75", "1 core"]);
  expect(labels(rulerOf("pids", [15, 100], units)).at(-1)).toBe("120 processes");
});

test("whatever is drawn, four to nine labels stand there, evenly, and nothing is cut off", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (most) => {
      const { high, divisions } = rulerOf("memory", [most, null], units);
      expect(high).toBeGreaterThan(most);
      expect(divisions.length).toBeGreaterThanOrEqual(4);
      expect(divisions.length).toBeLessThanOrEqual(9);
      expect(divisions.at(-1)?.at).toBe(1);
    }),
  );
});

test("words stand at their marks, inside the plot and off each other", () => {
  expect(placeWords(700, { x: 350, width: 50 }, { x: 580, width: 60 })).toEqual([300, 580]);
  // The higher one's would run out of the plot.
  expect(placeWords(700, { x: 350, width: 50 }, { x: 660, width: 60 })).toEqual([300, 640]);
  // The lower one's has no room to its left: the other gives way.
  expect(placeWords(700, { x: 20, width: 50 }, { x: 30, width: 60 })).toEqual([0, 50]);
  expect(placeWords(700, null, { x: 690, width: 60 })).toEqual([640]);
  expect(placeWords(700, { x: 690, width: 60 }, null)).toEqual([630]);
});
