import { expect, test } from "vitest";
import { momentOf, xOf } from "../../../../renderer/charts/span.ts";

const span = { from: 1_000, to: 11_000 };
test("a moment and its pixel", () => {
  expect(xOf(span, 500, 6_000)).toBe(250);
  expect(momentOf(span, 500, 250)).toBe(6_000);
});
test("pixels outside are the nearest end; without a width all are the beginning", () => {
  expect(momentOf(span, 500, -20)).toBe(1_000);
  expect(momentOf(span, 500, 520)).toBe(11_000);
  expect(momentOf(span, 0, 10)).toBe(1_000);
});
