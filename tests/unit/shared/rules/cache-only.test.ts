import { describe, expect, test } from "vitest";
import { mib, story } from "./told.ts";

/** A file of 180 MB that was read twice under 200 MB: 92 %. */
const read = { workingSet: 0.92 * 192 * mib, killable: 6 * mib, cache: 171 * mib, net: 4 * mib };

describe("only cache", () => {
  test("a note, never more, and nothing else is said", () => {
    const told = story();
    told.seconds(120, (second) => ({ sample: { ...read, limitHits: second < 10 ? 30 * second : 300 } }));
    expect(told.rules()).toEqual(["cache-only"]);
    expect(told.one("cache-only")).toMatchObject({ severity: "note", proposal: null });
    expect(told.told.every(({ severity }) => severity === "note")).toBe(true);
  });

  test.each([
    ["its own memory is near as well", { ...read, killable: 150 * mib }],
    ["it is waited for", { ...read, pressureMemory: 0.2 }],
    ["it is read again and again", { ...read, refaults: 50_000 }],
    ["at 60 % of its limit", { ...read, workingSet: 0.6 * 192 * mib }],
  ])("not where %s", (_, sample) => {
    const told = story();
    told.seconds(20, { sample });
    expect(told.rules()).not.toContain("cache-only");
  });
});
