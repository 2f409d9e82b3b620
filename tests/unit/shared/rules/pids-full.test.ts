import { describe, expect, test } from "vitest";
import { box, start, story } from "./told.ts";

describe("processes near their limit", () => {
  test("58 of 64 is near, and twice as many are proposed", () => {
    const told = story();
    told.second({ sample: { pids: 58, pidsLimit: 64 } });
    expect(told.one("pids-full")).toMatchObject({
      severity: "warning",
      proposal: { resource: "pids", from: 64, to: 128 },
    });
    told.seconds(30, { sample: { pids: 55, pidsLimit: 64 } }); // 86 %: near until below 85 %
    expect(told.one("pids-full")).not.toBeNull();
    told.seconds(30, { sample: { pids: 40, pidsLimit: 64 } });
    expect(told.rules()).toEqual([]);
  });

  test("one that could not start is critical, also where it is over when we look", () => {
    const told = story();
    told.seconds(3, { sample: { pids: 20, pidsLimit: 64, pidsHits: 3 } });
    expect(told.rules()).toEqual([]); // of before
    told.second({ sample: { pids: 20, pidsLimit: 64, pidsHits: 7 } });
    expect(told.one("pids-full")).toMatchObject({ severity: "critical", facts: { refused: 4 } });
    told.seconds(59, { sample: { pids: 20, pidsLimit: 64, pidsHits: 7 } });
    expect(told.rules()).toEqual([]);
  });

  test("those of its first second count where its start was seen, and only there", () => {
    const forked = { sample: { pids: 16, pidsLimit: 16, pidsHits: 14 } };
    const seen = story(box({ startedAt: start - 800 }));
    seen.second(forked);
    expect(seen.one("pids-full")).toMatchObject({ severity: "critical", facts: { refused: 14 } });
    const older = story(box({ startedAt: start - 60_000 }));
    older.second(forked);
    expect(older.one("pids-full")).toMatchObject({ severity: "warning", facts: { refused: 0 } });
  });

  test("quiet: 60 % of the limit, or none", () => {
    const told = story();
    told.second({ sample: { pids: 38, pidsLimit: 64 } });
    told.second({ sample: { pids: 3_000 } });
    expect(told.told).toEqual([]);
  });
});
