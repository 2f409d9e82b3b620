import { describe, expect, test } from "vitest";
import { box, mib, story } from "./told.ts";

/** Hits its limit a hundred times a second, and waits for memory a third of the time. */
const thrashes = (second: number) => ({
  sample: {
    limitHits: 1_000 + 100 * second,
    refaults: 20_000,
    pressureMemory: 0.33,
    pressureMemoryFull: 0.2,
  },
});

describe("thrashing without a kill", () => {
  test("after its window, with the figures of that window; it clears within a minute", () => {
    const told = story();
    told.seconds(26, thrashes);
    expect(told.rules()).toEqual([]);
    told.seconds(8, (second) => thrashes(26 + second));
    const found = told.one("memory-thrashing");
    expect(found).toMatchObject({
      severity: "warning",
      facts: { waited: expect.closeTo(0.33, 9), refaults: 20_000 },
    });
    expect(found?.proposal?.to).toBe(320 * mib);
    told.seconds(59);
    expect(told.rules()).toEqual([]);
  });

  test("half of the time at a standstill is critical", () => {
    const told = story();
    told.seconds(40, (second) => ({ sample: { ...thrashes(second).sample, pressureMemoryFull: 0.6 } }));
    expect(told.one("memory-thrashing")?.severity).toBe("critical");
  });

  test("cgroup v1 with no swap allowed counts no hits: at its limit is enough, below it is not", () => {
    const sample = {
      limitHits: null,
      highHits: null,
      refaults: 20_000,
      pressureMemory: 0.02,
      pressureIo: 0.4,
    };
    const told = story();
    told.seconds(40, { sample: { ...sample, gross: 191 * mib, tareHelpers: 0 } });
    expect(told.one("memory-thrashing")?.facts).toMatchObject({ waited: expect.closeTo(0.4, 9) });
    const far = story();
    far.seconds(40, { sample: { ...sample, gross: 100 * mib, tareHelpers: 0 } });
    expect(far.rules()).toEqual([]);
  });

  test.each([
    ["page cache only: it hits its limit, nobody waits", { pressureMemory: 0.01, refaults: 5 }],
    [
      "waits for a disk that has nothing to do with memory",
      { pressureMemory: 0, refaults: 5, pressureIo: 0.9 },
    ],
  ])("quiet: %s", (_, sample) => {
    const told = story();
    told.seconds(90, (second) => ({ sample: { limitHits: 100 * second, ...sample } }));
    expect(told.rules()).toEqual([]);
  });

  test("quiet: pressure without a limit is the host's", () => {
    const told = story(box({ reported: { memory: null, cpu: null, pids: null } }));
    told.seconds(90, (second) => ({ sample: { ...thrashes(second).sample, memoryLimit: null } }));
    expect(told.rules()).toEqual(["no-limit"]);
  });
});
