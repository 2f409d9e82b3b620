import { expect, test } from "vitest";
import { firstFrom, nearest } from "../../../../renderer/charts/nearest.ts";

const at = [1000, 2000, 4000];
test.each([
  [0, 0],
  [1000, 0],
  [1500, 0], // equally near: the earlier
  [1501, 1],
  [3000, 1],
  [3001, 2],
  [9000, 2],
])("nearest to %d is step %d", (wanted, index) => expect(nearest(at, wanted)).toBe(index));

test("nothing is near in an empty series", () => expect(nearest([], 1)).toBe(-1));

test.each([
  [0, 0],
  [1001, 1],
  [4000, 2],
  [4001, 3],
])("the first step from %d on is %d", (wanted, index) => expect(firstFrom(at, wanted)).toBe(index));
