import { expect, test } from "vitest";
import { contradictions } from "../../../../shared/rules/contradictions.ts";
import { defaultThresholds, thresholdsSchema } from "../../../../shared/rules/thresholds.ts";

const codes = (change: Partial<typeof defaultThresholds>) =>
  contradictions({ ...defaultThresholds, ...change }).map(({ code, names }) => [code, ...names]);

test.each([
  ["the defaults", {}, []],
  ["at 0 it holds of everything", { pidsNear: 0 }, [["always", "pidsNear"]]],
  [
    "too large and nearly full at once",
    { unusedBelow: 0.6, memoryNear: 0.6 },
    [["unused-near", "unusedBelow", "memoryNear"]],
  ],
  [
    "90 of 100, and a quarter: 112.5",
    { unusedBelow: 0.85, headroom: 0.25 },
    [["headroom-unused", "headroom", "unusedBelow"]],
  ],
] as const)("%s", (_, change, expected) => {
  expect(codes(change)).toEqual(expected);
});

test("the defaults are within what may be set", () => {
  expect(thresholdsSchema.safeParse(defaultThresholds).success).toBe(true);
});
