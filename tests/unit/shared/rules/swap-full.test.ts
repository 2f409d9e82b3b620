import { describe, expect, test } from "vitest";
import { mib, story } from "./told.ts";

const near = { killable: 185 * mib, swapLimit: 100 * mib };

describe("swap at the limit", () => {
  test("at its limit and in swap is a warning, with swap nearly full it is critical", () => {
    const told = story();
    told.seconds(6, { sample: { ...near, swap: 20 * mib } });
    expect(told.one("swap-full")?.severity).toBe("warning");
    told.seconds(6, { sample: { ...near, swap: 95 * mib } });
    expect(told.one("swap-full")).toMatchObject({ severity: "critical", facts: { full: 1 } });
    told.seconds(59);
    expect(told.rules()).toEqual([]);
  });

  test.each([
    ["no swap in use", { ...near, swap: 0 }],
    ["a little swapped out long ago", { ...near, swap: 2 * mib }],
    ["room under the limit", { swap: 50 * mib, swapLimit: 100 * mib }],
  ])("quiet: %s", (_, sample) => {
    const told = story();
    told.seconds(10, { sample });
    expect(told.rules()).toEqual([]);
  });
});
