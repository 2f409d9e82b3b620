import { expect, test } from "vitest";
import { random } from "../../../../shared/stats/random.ts";

test("the numbers of mulberry32, as its author's C gives them", () => {
  const draw = random(1);
  expect([draw(), draw(), draw()]).toEqual([
    2_693_262_067 / 2 ** 32,
    11_749_833 / 2 ** 32,
    2_265_367_787 / 2 ** 32,
  ]);
});

test("the same seed gives the same numbers, another one others", () => {
  const ten = (seed: number) => {
    const draw = random(seed);
    return Array.from({ length: 10 }, draw);
  };
  expect(ten(7)).toEqual(ten(7));
  expect(ten(7)).not.toEqual(ten(8));
});

test("they fill 0 to 1 evenly", () => {
  const draw = random(42);
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let turn = 0; turn < 100_000; turn++) {
    const at = Math.floor(draw() * 10);
    tenths[at] = (tenths[at] ?? 0) + 1;
  }
  // 10,000 each; three standard deviations of a binomial are 285.
  for (const many of tenths) expect(Math.abs(many - 10_000)).toBeLessThan(400);
});
