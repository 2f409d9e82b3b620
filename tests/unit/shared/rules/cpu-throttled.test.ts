import { describe, expect, test } from "vitest";
import { box, mib, story as storyOf } from "./told.ts";

const story = () => storyOf(box({ reported: { memory: 192 * mib, cpu: 0.1, pids: null } }));

const steady = { sample: { cores: 0.098, cpuLimit: 0.1, throttledShare: 0.9, throttledTime: 0.5 } };

describe("held back by its quota", () => {
  test("steadily, for a minute: a warning, and a larger quota that is a guess", () => {
    const told = story();
    told.seconds(50, steady);
    expect(told.rules()).toEqual([]);
    told.seconds(11, steady);
    expect(told.one("cpu-throttled")).toMatchObject({
      severity: "warning",
      facts: { periods: expect.closeTo(0.9, 9), limit: 0.1 },
      // 0.098 + 0.5 wanted, and a quarter: 0.75, but no more than four times what it has
      proposal: { resource: "cpu", from: 0.1, to: 0.4, basis: { sure: "never-unhindered" } },
    });
  });

  test("it clears within a minute, and does not flap while it comes and goes", () => {
    const told = story();
    told.seconds(70, steady);
    told.seconds(59, { sample: { cores: 0.05, cpuLimit: 0.1, throttledShare: 0 } });
    expect(told.rules()).toEqual([]);
    const now = story();
    now.seconds(600, (second) =>
      second % 20 < 14 ? steady : { sample: { cores: 0.02, cpuLimit: 0.1, throttledShare: 0 } },
    );
    expect(now.told.filter(({ rule, clearedAt }) => rule === "cpu-throttled" && clearedAt !== null)).toEqual(
      [],
    );
  });

  test.each([
    [
      "bursts of 300 ms against a low quota, at low mean use",
      (second: number) =>
        second % 3 === 0
          ? { cores: 0.03, throttledShare: 0.75, throttledTime: 0.15 }
          : { cores: 0.001, throttledShare: 0, throttledTime: 0 },
    ],
    ["a tenth of its periods", () => ({ cores: 0.09, throttledShare: 0.1, throttledTime: 0.02 })],
    [
      "many periods, but hardly any time",
      () => ({ cores: 0.095, throttledShare: 0.5, throttledTime: 0.005 }),
    ],
    ["many periods, far below its quota", () => ({ cores: 0.03, throttledShare: 0.5, throttledTime: 0.1 })],
    ["its start: half a minute", (second: number) => (second < 30 ? steady.sample : { throttledShare: 0 })],
  ])("quiet: %s", (_, of) => {
    const told = story();
    told.seconds(300, (second) => ({ sample: { cpuLimit: 0.1, ...of(second) } }));
    expect(told.told).toEqual([]);
  });
});
