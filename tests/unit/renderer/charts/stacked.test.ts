import { expect, test } from "vitest";
import { largest, stacked } from "../../../../renderer/charts/stacked.ts";

const none = Number.NaN;

test("parts stand on each other", () => {
  const [net, cache] = stacked([
    [160, 100],
    [19, 30],
  ]);
  expect([...(net?.low ?? [])]).toEqual([0, 0]);
  expect([...(net?.high ?? [])]).toEqual([160, 100]);
  expect([...(cache?.low ?? [])]).toEqual([160, 100]);
  expect([...(cache?.high ?? [])]).toEqual([179, 130]);
});

test("an unknown part takes no room, an unknown first one is a gap", () => {
  const [, cache, kernel] = stacked([
    [160, none],
    [none, 30],
    [5, 5],
  ]);
  expect([...(cache?.high ?? [])]).toEqual([160, none]);
  expect([...(kernel?.high ?? [])]).toEqual([165, none]);
});

test("the largest known value in a stretch of steps", () => {
  expect(
    largest(
      [
        [1, none, 9],
        [4, 5, 2],
      ],
      0,
      2,
    ),
  ).toBe(5);
  expect(largest([[none]])).toBe(0);
});
