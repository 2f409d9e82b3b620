import { describe, expect, test } from "vitest";
import { watch } from "../../../../shared/rules/watched.ts";
import { box, idle, mib, start } from "./told.ts";

const seconds = (count: number, of: (second: number) => Partial<typeof idle> = () => ({})) => {
  const one = watch(box(), start);
  for (let second = 0; second < count; second++) one.take(start + second * 1_000, { ...idle, ...of(second) });
  return one;
};

describe("what rules see of one instance", () => {
  test("seconds for two minutes, steps of ten for an hour", () => {
    const one = seconds(4_000, (second) => ({ killable: second * mib }));
    expect(one.seconds(10_000).mean("killable")).toBe((3_999 - 5) * mib);
    expect(one.over(60_000).mean("killable")).toBe((3_999 - 30) * mib);
    const hour = one.steps(3_600_000).course("killable");
    expect(hour.at.length).toBe(359); // from 400 s to 3,980: the last step is still open
    expect(hour.values.at(-1)).toBe((3_980 + 4.5) * mib);
  });

  test("the same sample again is a row of its own", () => {
    const one = watch(box(), start);
    for (let second = 0; second < 20; second++) one.take(start + second * 1_000, idle);
    expect(one.seconds(10_000).whole).toBe(true);
    expect(one.seconds(10_000).mean("killable")).toBe(idle.killable);
  });

  test("an old sample says nothing of now, and neither does that of one that ended", () => {
    const one = seconds(5);
    one.pass(start + 14_000);
    expect(one.sample).not.toBeNull();
    one.pass(start + 14_001);
    expect(one.sample).toBeNull();
    const ended = seconds(5);
    ended.become(box({ state: "stopped", weighed: null }), start + 5_000);
    expect(ended.sample).toBeNull();
  });

  test("a new run's counters begin at 0: what they show first was counted in it", () => {
    const one = seconds(5, () => ({ oomKills: 9 }));
    expect(one.kills).toEqual([]);
    one.become(box({ startedAt: start + 5_000 }), start + 5_000);
    one.take(start + 6_000, { ...idle, oomKills: 2 });
    expect(one.kills).toHaveLength(2);
  });

  test("since when limits and state have not changed", () => {
    const one = seconds(5);
    expect([one.limitsSince, one.stateSince]).toEqual([start, start]);
    one.take(start + 5_000, { ...idle, memoryLimit: 64 * mib });
    one.become(box({ state: "paused" }), start + 6_000);
    expect([one.limitsSince, one.stateSince]).toEqual([start + 5_000, start + 6_000]);
  });
});
