import { describe, expect, test } from "vitest";
import { mib, story } from "./told.ts";

const at = (bytes: number) => ({ sample: { killable: bytes, net: bytes, workingSet: bytes } });

describe("filling up", () => {
  test("1 MiB a second under 192 MiB: seen after a minute, critical at once, with the time that is left", () => {
    const told = story();
    told.seconds(59, (second) => at((20 + second) * mib));
    expect(told.rules()).toEqual([]);
    told.seconds(12, (second) => at((79 + second) * mib));
    const found = told.one("memory-filling");
    expect(found?.severity).toBe("critical");
    expect(found?.facts.perMinute).toBeCloseTo(60 * mib, -3);
    expect(found?.facts.fullIn).toBe(120_000); // (192 - 89 MiB) at 1 MiB/s, in whole minutes
  });

  test("20 MiB in ten minutes with 70 left: a warning, full in 35", () => {
    const told = story(undefined, { fillsWithin: 3_600_000 });
    told.seconds(601, (second) => at((100 + second / 30 + Math.sin(second)) * mib));
    expect(told.one("memory-filling")).toMatchObject({ severity: "warning" });
    expect(Number(told.one("memory-filling")?.facts.fullIn) / 60_000).toBeCloseTo(36, -1);
  });

  test("it clears when the growth ends", () => {
    const told = story();
    told.seconds(90, (second) => at((20 + second) * mib));
    expect(told.one("memory-filling")).not.toBeNull();
    told.seconds(59, () => at(110 * mib));
    expect(told.rules()).toEqual([]);
  });

  test.each([
    ["a start that levels off", (second: number) => 40 + 100 * (1 - Math.exp(-second / 25))],
    ["saw teeth of a garbage collector", (second: number) => 60 + 2 * (second % 40)],
    ["noise", (second: number) => 150 + 8 * Math.sin(second * 1.7)],
    ["a slow one that has hours to go", (second: number) => 60 + second / 500],
    ["one step up", (second: number) => (second < 70 ? 40 : 120)],
  ])("quiet: %s", (_, of) => {
    const told = story();
    told.seconds(900, (second) => at(of(second) * mib));
    expect(told.told.filter(({ rule }) => rule === "memory-filling")).toEqual([]);
  });
});
