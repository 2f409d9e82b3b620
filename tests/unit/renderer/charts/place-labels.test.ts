import { expect, test } from "vitest";
import { placeLabels } from "../../../../renderer/charts/place-labels.ts";

const stretch = (from: number, to: number, textWidth: number, nameWidth = textWidth / 2) => ({
  from,
  to,
  textWidth,
  nameWidth,
});
const full = (at: number) => ({ at, bare: false });

test.each([
  ["each begins where its stretch begins", [stretch(0, 50, 40), stretch(50, 100, 40)], [full(0), full(50)]],
  // 100 - 60 - 4: the second has no room at 80, where the third stands.
  [
    "a short one ends before its end",
    [stretch(0, 40, 30), stretch(80, 100, 60), stretch(100, 200, 50)],
    [full(0), full(36), full(100)],
  ],
  // 0 to 30 touches 31: 30 + 4 > 31. Before its end is before 0. Its name alone ends at 15.
  ["the figure goes first", [stretch(0, 31, 30), stretch(31, 100, 60)], [{ at: 0, bare: true }, full(31)]],
  ["no room at all", [stretch(0, 5, 30), stretch(5, 100, 60)], [null, full(5)]],
  ["not beyond the end", [stretch(90, 100, 30, 30)], [full(66)]],
] as const)("%s", (_, stretches, places) => {
  expect(placeLabels(stretches, 200 - (stretches.length === 1 ? 100 : 0))).toEqual(places);
});
