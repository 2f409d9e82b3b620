import { describe, expect, test } from "vitest";
import { box, mib, start, story } from "./told.ts";

const large = box({ reported: { memory: 512 * mib, cpu: null, pids: null }, startedAt: start });

describe("a limit that is far too large", () => {
  test("proposes the peak and a quarter, after it was watched for ten minutes", () => {
    const told = story(large);
    const busy = (second: number) => ({
      sample: { memoryLimit: 512 * mib, workingSet: (second < 3 ? 120 : 60) * mib },
    });
    told.seconds(599, busy);
    expect(told.rules()).toEqual([]);
    told.seconds(10, (second) => busy(599 + second));
    // Its start counts: 120 MiB then, 150 with headroom, written as 160.
    expect(told.one("limit-unused")).toMatchObject({
      severity: "note",
      facts: { limit: 512 * mib, peak: 120 * mib },
      proposal: {
        from: 512 * mib,
        to: 160 * mib,
        basis: { peak: 120 * mib, headroom: 0.25, sure: "short-window" },
      },
    });
    expect(told.one("limit-unused")?.proposal?.basis.p99).toBeLessThan(64 * mib);
    told.seconds(3_100, () => busy(9));
    expect(told.one("limit-unused")?.proposal?.basis.sure).toBe("measured");
  });

  test("the kernel's own peak makes it sure at once, and counts for what is proposed", () => {
    const told = story(large);
    told.seconds(610, { sample: { memoryLimit: 512 * mib, peak: 200 * mib } });
    expect(told.one("limit-unused")?.proposal).toMatchObject({ to: 256 * mib, basis: { sure: "measured" } });
  });

  test.each([
    ["it used most of it once", { memoryLimit: 512 * mib, workingSet: 300 * mib }],
    ["little would be gained", { memoryLimit: 96 * mib, workingSet: 40 * mib }],
  ])("quiet: %s", (_, sample) => {
    const told = story(large);
    told.seconds(700, { sample });
    expect(told.rules()).not.toContain("limit-unused");
  });
});
