import { expect, test } from "vitest";
import { firstRange, otherRange, spanOf, zoomTo } from "../../../../../renderer/views/detail/span-of.ts";

test("the last minutes, or what was zoomed to", () => {
  expect(spanOf("5", null, 600_000)).toEqual({ from: 300_000, to: 600_000 });
  // 600,417 ms lie in the step of 2 s that ends at 602 s.
  expect(spanOf("15", null, 600_417)).toEqual({ from: -298_000, to: 602_000 });
  expect(spanOf("5", { from: 1, to: 2 }, 600_000)).toEqual({ from: 1, to: 2 });
});
test("a zoom of two seconds is widened to ten, around its middle", () => {
  expect(zoomTo({ from: 50_000, to: 52_000 })).toEqual({ from: 46_000, to: 56_000 });
  expect(zoomTo({ from: 0, to: 60_000 })).toEqual({ from: 0, to: 60_000 });
});
test("the ranges end at both ends", () => {
  expect(otherRange("5", -1)).toBe("5");
  expect(otherRange("5", 1)).toBe("15");
  expect(otherRange("60", 1)).toBe("60");
});
test("what just came opens with five minutes", () => {
  expect(firstRange(100_000, 101_000)).toBe("5");
  expect(firstRange(0, 300_000)).toBe("15");
  expect(firstRange(null, 300_000)).toBe("15");
});
