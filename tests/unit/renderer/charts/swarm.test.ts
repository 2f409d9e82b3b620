import { expect, test } from "vitest";
import { swarm } from "../../../../renderer/charts/swarm.ts";

test.each([
  ["far apart: all on the line", [0, 10, 20], [0, 0, 0]],
  ["the second touches, and goes below; the third above", [0, 1, 2], [0, 1, -1]],
  ["the line is free again", [0, 1, 8], [0, 1, 0]],
  ["levels come in the order given", [2, 0, 1], [-1, 0, 1]],
  ["no level has room: over the one whose last is farthest", [0, 1, 2, 3], [0, 1, -1, 0]],
  ["none", [], []],
] as const)("%s", (_, places, levels) => {
  expect(swarm(places, 8, 1)).toEqual(levels);
});
