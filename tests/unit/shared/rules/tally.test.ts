import { describe, expect, test } from "vitest";
import { tally } from "../../../../shared/rules/tally.ts";

const times = (of: ReturnType<typeof tally>) => of.all.map(({ at }) => at);

describe("what two tell is counted once", () => {
  test("a counter that grew by 2 at 10.0 s, events at 9.7 and 10.4: two", () => {
    const kills = tally(5_000);
    kills.heard(9_700, "a", 100);
    kills.counted(10_000, 2, 100);
    kills.heard(10_400, "b", 100);
    expect(kills.all.map(({ detail }) => detail)).toEqual(["a", "b"]);
  });

  test("an event that the counter never confirms counts, and so does the other way round", () => {
    const kills = tally(5_000);
    kills.heard(1_000, null, null);
    kills.counted(20_000, 1, null);
    expect(times(kills)).toEqual([1_000, 20_000]);
  });

  test("two events are two, each counted once", () => {
    const kills = tally(5_000);
    kills.heard(1_000, null, null);
    kills.heard(1_500, null, null);
    kills.counted(2_000, 2, null);
    kills.counted(3_000, 1, null);
    expect(times(kills)).toEqual([1_000, 1_500, 3_000]);
  });

  test("what a person did is withdrawn; what is older than an hour is forgotten; a flood is bounded", () => {
    const starts = tally(5_000);
    starts.heard(1_000, null, null);
    starts.heard(50_000, null, null);
    starts.withdraw(51_000);
    starts.withdraw(90_000);
    expect(times(starts)).toEqual([1_000]);
    starts.age(3_601_001);
    expect(times(starts)).toEqual([]);
    starts.counted(4_000_000, 1e9, null);
    expect(starts.all).toHaveLength(200);
  });
});
