import { describe, expect, test } from "vitest";
import {
  chartOf,
  figuresOf,
  hourOf,
  hourPicture,
  rangeOf,
} from "../../../../../../renderer/views/limits/case/hour.ts";
import { figureNames, figures } from "../../../../../../shared/figures.ts";
import { mib } from "../../../weighed.ts";

const hour = hourOf({
  at: [0, 10_000, 20_000, 30_000],
  step: [10_000, 10_000, 1_000, 1_000],
  figures: {
    net: [100 * mib, null, 120 * mib, 130 * mib],
    cache: [20 * mib, null, 20 * mib, 20 * mib],
    tareKernel: [5 * mib, null, 5 * mib, 5 * mib],
    memoryLimit: [160 * mib, 160 * mib, 192 * mib, 192 * mib],
    cores: [0.1, 0.1, 0.1, 0.1],
    cpuLimit: [4, 4, 4, 4],
  },
  min: {},
  max: {},
});
const frame = { span: { from: 0, to: 31_000 }, moments: [], height: 104 };
const limitIn = (picture: ReturnType<typeof hourPicture>) =>
  picture.marks.find((mark) => mark.kind === "limit");

test("a mean of ten seconds stands at its middle, unknown is NaN", () => {
  expect(hour.at).toEqual([5_000, 15_000, 20_000, 30_000]);
  expect(hour.figures.net?.[1]).toBeNaN();
});

test.each([
  ["began three minutes ago", 180_000, 5],
  ["ten minutes ago", 600_000, 15],
  ["longer ago", 1_200_000, 60],
] as const)("the chart goes back as far as there is something: %s", (_, ago, range) => {
  const to = 3_600_000;
  const figures = { cores: [Number.NaN, 0.5] };
  expect(rangeOf({ at: [0, to - ago], step: [10_000, 10_000], figures }, to)).toBe(range);
});
test("of which nothing is known, an hour is shown", () => {
  expect(rangeOf({ at: [], step: [], figures: {} }, 3_600_000)).toBe(60);
});

test("all that the charts are drawn from is kept in history", () => {
  for (const name of Object.values(figuresOf).flat())
    expect([name, figures[name].kept]).toEqual([name, true]);
});

test("every figure that a rule can show has a chart", () => {
  const kinds = new Set(figureNames.map((name) => chartOf(name, "container")));
  expect([...kinds].sort()).toEqual(["cpu", "io", "memory", "pids", "pressure"]);
  expect(chartOf("gross", "vm")).toBe("memoryVm");
});

describe("the plot", () => {
  test("of memory is its parts end to end under a limit that steps", () => {
    const picture = hourPicture("memory", hour, frame, null);
    const areas = picture.marks.filter((mark) => mark.kind === "area");
    expect(areas.map(({ high }) => Array.from(high)[3])).toEqual([130 * mib, 150 * mib, 155 * mib]);
    expect(limitIn(picture)).toMatchObject({ values: [160 * mib, 160 * mib, 192 * mib, 192 * mib] });
    expect(picture.high).toBeGreaterThanOrEqual(192 * mib);
  });
  test("a limit far above all use stays outside, and is not drawn along the edge", () => {
    expect(limitIn(hourPicture("cpu", hour, frame, null))).toBeUndefined();
  });
  test("pids have no limit in history: the present one stands for the hour", () => {
    const pids = { ...hour, figures: { pids: [80, 80, 90, 90] } };
    expect(limitIn(hourPicture("pids", pids, frame, 100))).toMatchObject({ values: [100, 100, 100, 100] });
    expect(limitIn(hourPicture("pids", pids, frame, null))).toBeUndefined();
  });
  test("memory that is not split is its working set", () => {
    const whole = { ...hour, figures: { workingSet: [1, 2, 3, 4], memoryLimit: [8, 8, 8, 8] } };
    expect(hourPicture("memory", whole, frame, null).marks.map(({ kind }) => kind)).toEqual([
      "line",
      "limit",
    ]);
  });
});
