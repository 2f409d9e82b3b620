import { describe, expect, test } from "vitest";
import { box, mib, story } from "./told.ts";

const limits = (memory: number | null, cpu: number | null = null) => ({
  reported: { memory, cpu, pids: null },
});

describe("another limit in force", () => {
  test("a group around it has less: a warning that names it", () => {
    const bounds = { ancestors: { memory: "/system.slice" }, without: [] };
    const told = story(box({ ...limits(192 * mib), bounds }));
    told.seconds(9, { sample: { memoryLimit: 64 * mib } });
    expect(told.rules()).toEqual([]); // Docker and the kernel are asked at different times
    told.seconds(6, { sample: { memoryLimit: 64 * mib } });
    expect(told.one("limit-differs")).toMatchObject({
      severity: "warning",
      facts: { resource: "memory", reported: 192 * mib, inForce: 64 * mib, ancestor: "/system.slice" },
    });
  });

  test("more than its engine knows, or none: a note", () => {
    const told = story();
    told.seconds(16, { sample: { memoryLimit: 400 * mib } });
    expect(told.one("limit-differs")?.severity).toBe("note");
    const lifted = story();
    lifted.seconds(16, { sample: { memoryLimit: null } });
    expect(lifted.one("limit-differs")?.severity).toBe("note");
  });

  test.each([
    ["pages", limits(192 * mib + 100), { memoryLimit: 192 * mib }],
    ["a quota in whole microseconds", limits(192 * mib, 0.333), { cpuLimit: 0.33 }],
    ["above the host on both sides", limits(9e12), { memoryLimit: null }],
    ["a default of the system for processes", limits(192 * mib), { pidsLimit: 28_000 }],
  ])("quiet: %s", (_, instance, sample) => {
    const told = story(box(instance));
    told.seconds(30, { sample });
    expect(told.rules()).not.toContain("limit-differs");
  });
});
