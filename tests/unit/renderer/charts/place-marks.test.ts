import { expect, test } from "vitest";
import { placeMarks } from "../../../../renderer/charts/place-marks.ts";

const mark = (x: number, grave = false, textWidth = 60) => ({ x, textWidth, grave });
const sides = (marks: ReturnType<typeof mark>[]) => placeMarks(marks, 474).map(({ side }) => side);

test.each([
  ["far apart: all write", [mark(10), mark(200)], ["right", "right"]],
  ["too near for the first, which has no room at the left either", [mark(10), mark(60)], [null, "right"]],
  ["too near for the first, which writes at its left", [mark(100), mark(150)], ["left", "right"]],
  ["at the right end words stand at the left", [mark(440)], ["left"]],
  // From 28 on there are 27 pixels up to the kill's diamond, and 12 at the left.
  ["a kill has the room before others", [mark(60, true), mark(20)].reverse(), [null, "right"]],
  ["none", [], []],
])("%s", (_, marks, expected) => {
  expect(sides(marks)).toEqual(expected);
});

test("marks at one place are one, told by the grave one", () => {
  expect(placeMarks([mark(100), mark(102, true), mark(104)], 474)).toEqual([
    { index: 1, side: "right", with: [0, 2] },
  ]);
});
