import { expect, test } from "vitest";
import { placeMarks } from "../../../../renderer/charts/place-marks.ts";

const mark = (x: number, grave = false, textWidth = 60) => ({ x, textWidth, grave });
const shown = (marks: ReturnType<typeof mark>[], width = 474) =>
  placeMarks(marks, width).map((placed) => [placed.index, placed.shown]);

test.each([
  [
    "far apart: all write",
    [mark(10), mark(200)],
    [
      [0, true],
      [1, true],
    ],
  ],
  [
    "too near: the newest writes",
    [mark(10), mark(60)],
    [
      [0, false],
      [1, true],
    ],
  ],
  // The words from 18 to 84 would run through the diamond at 60.
  [
    "a kill whose words would cross the next diamond",
    [mark(10, true), mark(60)],
    [
      [0, false],
      [1, true],
    ],
  ],
  // The kill's words reach from 108 to 176, the other's from 38 to 106: both; but not from 48 on.
  [
    "a kill has the room before what is older",
    [mark(40), mark(100, true)],
    [
      [0, false],
      [1, true],
    ],
  ],
  ["words that would leave the rail are dropped", [mark(440)], [[0, false]]],
  ["none", [], []],
])("%s", (_, marks, expected) => {
  expect(shown(marks)).toEqual(expected);
});

test("marks at one place are one, told by the grave one", () => {
  expect(placeMarks([mark(100), mark(102, true), mark(104)], 474)).toEqual([
    { index: 1, shown: true, with: [0, 2] },
  ]);
});
