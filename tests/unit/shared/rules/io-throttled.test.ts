import { describe, expect, test } from "vitest";
import { story } from "./told.ts";

describe("the disk at its limit", () => {
  test("reads as fast as it may, and waits", () => {
    const told = story();
    told.seconds(32, { sample: { read: 1.97e6, readLimit: 2e6, pressureIo: 0.9 } });
    expect(told.one("io-throttled")).toMatchObject({
      severity: "warning",
      shows: "read",
      facts: { written: null },
    });
    told.seconds(59, { sample: { read: 0, readLimit: 2e6 } });
    expect(told.rules()).toEqual([]);
  });

  test.each([
    ["without a limit", { read: 500e6, pressureIo: 0.9 }],
    ["at 60 % of it", { read: 1.2e6, readLimit: 2e6, pressureIo: 0.9 }],
    ["at it by chance: nobody waits", { read: 2e6, readLimit: 2e6, pressureIo: 0.01 }],
  ])("quiet: %s", (_, sample) => {
    const told = story();
    told.seconds(60, { sample });
    expect(told.rules()).toEqual([]);
  });

  test("quiet: a burst of ten seconds", () => {
    const told = story();
    told.seconds(120, (second) => ({
      sample: { written: second < 40 && second >= 30 ? 2e6 : 0, writeLimit: 2e6, pressureIo: 0.5 },
    }));
    expect(told.told).toEqual([]);
  });
});
