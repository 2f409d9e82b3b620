import { describe, expect, test } from "vitest";
import { history } from "../../../../electron/history/memory.ts";
import { instance, MiB, sample, start, tick } from "./ticks.ts";

/** Cores count the seconds, so that a value tells when it was. */
const counting = (second: number) => ({ web: sample({ cores: second, gross: 100 * MiB }) });
const seconds = (times: readonly number[]) => times.map((at) => (at - start) / 1_000);

describe("series", () => {
  test("seconds as they came; a figure that is unknown is null, one that is not kept is left out", () => {
    const hour = history();
    hour.take(tick(0, { web: sample({ cores: 0.5, gross: 3 * MiB }) }));
    hour.take(tick(1, { web: sample({ cores: null, gross: 4 * MiB }) }));
    expect(hour.series("web", 0, ["cores", "gross", "peak"])).toEqual({
      at: [start, start + 1_000],
      step: [1_000, 1_000],
      figures: { cores: [0.5, null], gross: [3 * MiB, 4 * MiB] },
      min: { cores: [0.5, null], gross: [3 * MiB, 4 * MiB] },
      max: { cores: [0.5, null], gross: [3 * MiB, 4 * MiB] },
    });
  });

  test("a missed second is a step without a value, so that nothing is joined", () => {
    const hour = history();
    for (const second of [0, 1, 2, 4, 5]) hour.take(tick(second, counting(second)));
    const { at, figures: of } = hour.series("web", 0, ["cores"]);
    expect(seconds(at)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(of.cores).toEqual([0, 1, 2, null, 4, 5]);
  });

  test("a tick that comes a little late is no gap", () => {
    const hour = history();
    for (const second of [0, 1.1, 2, 3.2, 4]) hour.take(tick(second, counting(second)));
    expect(hour.series("web", 0, ["cores"]).figures.cores).not.toContain(null);
  });

  test("weighed every three seconds by an API: three seconds are no gap, six are", () => {
    const hour = history();
    for (const second of [0, 3, 6, 12, 15]) hour.take(tick(second, counting(second)));
    const { at, figures: of } = hour.series("web", 0, ["cores"]);
    expect(seconds(at)).toEqual([0, 3, 6, 9, 12, 15]);
    expect(of.cores).toEqual([0, 3, 6, null, 12, 15]);
  });

  test("after an hour: steps of 10 s with mean, least and greatest, then ten minutes of seconds, without a seam", () => {
    const hour = history();
    for (let second = 0; second < 4_000; second++) hour.take(tick(second, counting(second)));
    const { at, step, figures: of, min, max } = hour.series("web", 0, ["cores"]);
    // Kept: seconds 3400..3999, and the steps of the last hour before them; the step that is open is in the seconds.
    const first = step.indexOf(1_000);
    expect(seconds(at.slice(0, 2))).toEqual([390, 400]); // 360 steps, the last whole one begins at 3980
    expect([of.cores?.[0], min.cores?.[0], max.cores?.[0]]).toEqual([394.5, 390, 399]); // (390 + ... + 399) / 10
    expect(seconds(at.slice(first - 1, first + 1))).toEqual([3_390, 3_400]);
    expect(step.slice(0, first).every((length) => length === 10_000)).toBe(true);
    expect(seconds(at.slice(first))).toEqual(Array.from({ length: 600 }, (_, index) => 3_400 + index));
    expect(of.cores).not.toContain(null);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });

  test("where a second begins in the middle of a step, its step is shown whole and not twice", () => {
    const hour = history();
    for (let second = 5; second < 1_005; second++) hour.take(tick(second, counting(second)));
    const { at, step, figures: of } = hour.series("web", 0, ["cores"]);
    const first = step.indexOf(1_000);
    expect(seconds(at.slice(first - 1, first + 1))).toEqual([400, 410]); // oldest second kept: 405
    expect(seconds(at.slice(0, 2))).toEqual([0, 10]);
    expect(of.cores?.slice(0, 2)).toEqual([7, 14.5]); // (5 + ... + 9) / 5; (10 + ... + 19) / 10
  });

  test("a hole of a minute stands in the steps as well", () => {
    const hour = history();
    for (let second = 0; second < 2_000; second++)
      if (second < 100 || second >= 160) hour.take(tick(second, counting(second)));
    const { at, step, figures: of } = hour.series("web", 0, ["cores"]);
    const gap = of.cores?.indexOf(null) ?? -1;
    expect(seconds(at.slice(gap - 1, gap + 2))).toEqual([90, 100, 160]);
    expect(step[gap]).toBe(10_000);
    expect(of.cores?.filter((value) => value === null)).toHaveLength(1);
  });

  test("only from the moment that is asked for", () => {
    const hour = history();
    for (let second = 0; second < 1_000; second++) hour.take(tick(second, counting(second)));
    expect(seconds(hour.series("web", start + 995_000, ["cores"]).at)).toEqual([995, 996, 997, 998, 999]);
    expect(seconds(hour.series("web", start + 380_000, ["cores"]).at).slice(0, 3)).toEqual([380, 390, 400]);
  });

  test("a limit that changed within a step is one of the two, not their mean", () => {
    const hour = history();
    for (let second = 0; second < 1_000; second++)
      hour.take(tick(second, { web: sample({ memoryLimit: (second < 15 ? 128 : 256) * MiB }) }));
    const { figures: of, min, max } = hour.series("web", 0, ["memoryLimit"]);
    expect(of.memoryLimit?.slice(0, 3)).toEqual([128 * MiB, 256 * MiB, 256 * MiB]);
    expect([min.memoryLimit, max.memoryLimit]).toEqual([of.memoryLimit, of.memoryLimit]);
  });

  test("a clock that was set back: time stays in order, what is told again replaces what was told", () => {
    const hour = history();
    for (let second = 0; second < 100; second++) hour.take(tick(second, counting(second)));
    for (let second = 40; second < 60; second++) hour.take(tick(second, counting(1_000 + second)));
    const { at, figures: of } = hour.series("web", 0, ["cores"]);
    expect(seconds(at)).toEqual(Array.from({ length: 60 }, (_, index) => index));
    expect(of.cores?.slice(38, 42)).toEqual([38, 39, 1_040, 1_041]);
  });

  test("nobody of that name: empty", () => {
    expect(history().series("docker:none", 0, ["cores"])).toEqual({
      at: [],
      step: [],
      figures: {},
      min: {},
      max: {},
    });
  });

  test("one page of 64 GiB is as exact as charts need, and as Float32 is", () => {
    const hour = history();
    const gross = 64 * 1024 * MiB - 4_096;
    hour.take(tick(0, { web: sample({ gross }) }));
    const kept = hour.series("web", 0, ["gross"]).figures.gross?.[0] ?? Number.NaN;
    expect(Math.abs(kept - gross)).toBeLessThanOrEqual(4_096);
  });
});

describe("recent", () => {
  const came = { came: [instance("web")] };

  test("the last points, oldest first; younger instances have fewer", () => {
    const hour = history();
    for (let second = 0; second < 5; second++) hour.take(tick(second, counting(second), came));
    expect(hour.recent(3)).toEqual({
      web: { cores: [2, 3, 4], gross: [100 * MiB, 100 * MiB, 100 * MiB] },
    });
    expect(hour.recent(60).web?.cores).toEqual([0, 1, 2, 3, 4]);
  });

  test("missed seconds are null, in the middle and up to now", () => {
    const hour = history();
    for (const second of [0, 1, 3]) hour.take(tick(second, counting(second), came));
    hour.take(tick(4, {}));
    hour.take(tick(5, {}));
    expect(hour.recent(60).web?.cores).toEqual([0, 1, null, 3, null, null]);
    expect(hour.recent(2).web?.cores).toEqual([null, null]);
  });

  test("only who exists", () => {
    const hour = history();
    hour.take(tick(0, counting(0), came));
    hour.take(tick(1, {}, { went: ["web"] }));
    expect(hour.recent(60)).toEqual({});
  });
});

describe("who went", () => {
  test("is kept until the last row is an hour old, in steps after ten minutes", () => {
    const hour = history();
    for (let second = 0; second <= 30; second++)
      hour.take(tick(second, counting(second), { came: [instance("web")] }));
    hour.take(tick(31, {}, { went: ["web"] }));
    hour.take(tick(600, {}));
    expect(hour.series("web", 0, ["cores"]).step).toHaveLength(31);
    hour.take(tick(700, {}));
    expect(hour.series("web", 0, ["cores"])).toMatchObject({
      step: [10_000, 10_000, 10_000, 10_000],
      figures: { cores: [4.5, 14.5, 24.5, 30] },
    });
    hour.take(tick(3_630, {}));
    expect(hour.series("web", 0, ["cores"]).at).toHaveLength(4);
    hour.take(tick(3_641, {}));
    expect(hour.series("web", 0, ["cores"]).at).toEqual([]);
  });

  test("and came again, goes on where it was", () => {
    const hour = history();
    hour.take(tick(0, counting(0), { came: [instance("web")] }));
    hour.take(tick(1, {}, { went: ["web"] }));
    hour.take(tick(5, counting(5), { came: [instance("web")] }));
    expect(hour.series("web", 0, ["cores"]).figures.cores).toEqual([0, null, 5]);
  });
});
