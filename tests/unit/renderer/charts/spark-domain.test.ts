import { expect, test } from "vitest";
import { sparkDomain } from "../../../../renderer/charts/spark-domain.ts";

const none = Number.NaN;
test.each([
  ["CPU: 0 to its maximum", [0.1, 0.4], true, 0, 0.4],
  ["CPU idle: a flat line at the foot, not a division by 0", [0, 0], true, 0, 1],
  ["memory that moves much: its own range", [100, 200], false, 100, 200],
  ["memory that hardly moves: 5 % around the middle", [99, 101], false, 95, 105], // 100 +- 5
  ["gaps are passed over", [none, 0.2, none], true, 0, 0.2],
  ["nothing known", [none], false, 0, 1],
  ["flat at 0", [0, 0], false, -1, 1],
] as const)("%s", (_, values, fromZero, low, high) => {
  expect(sparkDomain(values, fromZero)).toEqual({ low, high });
});
