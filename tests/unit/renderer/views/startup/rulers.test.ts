import { expect, test } from "vitest";
import {
  countRuler,
  lensRuler,
  ratioRuler,
  timeRuler,
} from "../../../../../renderer/views/startup/rulers.ts";

const written = ({ divisions }: { divisions: readonly { label: string }[] }) =>
  divisions.map(({ label }) => label).filter((label) => label !== "");

test.each([
  [1_494, 1_500, ["0", "0.5", "1", "1.5 s"]],
  [1_600, 2_000, ["0", "0.5", "1", "1.5", "2 s"]],
  [265, 300, ["0", "100", "200", "300 ms"]],
  [5_200, 6_000, ["0", "2", "4", "6 s"]],
  [9_000, 10_000, ["0", "2.5", "5", "7.5", "10 s"]],
  [0, 1, ["0", "0.25", "0.5", "0.75", "1 ms"]],
])("a ruler over %d ms ends at %d", (longest, end, labels) => {
  const ruler = timeRuler(longest);
  expect(ruler.end).toBe(end);
  expect(written(ruler)).toEqual(labels);
});

test.each([
  ["300 would be 6 2/3 times larger, 400 is 5 times", 260, 2_000, 400],
  ["a whole factor at once", 180, 2_000, 200],
  ["less than twofold is no lens", 1_100, 2_000, null],
] as const)("%s", (_, longest, main, end) => {
  expect(lensRuler(longest, timeRuler(main))?.end ?? null).toBe(end);
});

const words = { equal: "equal", times: (figure: string) => `${figure}x` };

test.each([
  ["three doublings at the least", [], ["equal", "2x", "4x", "8x"]],
  ["over all intervals", [5.9, 6.2, 63], ["equal", "2x", "4x", "8x", "16x", "32x", "64x"]],
  ["below equal, where a VM was sooner", [0.3], ["1/4x", "1/2x", "equal", "2x"]],
] as const)("ratios: %s", (_, ratios, labels) => {
  expect(written(ratioRuler(ratios, words)).filter((label) => labels.includes(label as never))).toEqual(
    labels,
  );
});

test("a ratio stands where its logarithm does, and none beyond the ends", () => {
  const { place, origin } = ratioRuler([8], words);
  expect([place(1), place(2), place(8), place(1_000), origin]).toEqual([0, 1 / 3, 1, 1, 0]);
});

test.each([
  [3, ["0", "1", "2", "3"]],
  [17, ["0", "5", "10", "15", "20"]],
  [0, ["0", "1"]],
])("%d others run", (most, labels) => {
  expect(written(countRuler(most))).toEqual(labels);
});
