import { expect, test } from "vitest";
import { timeTicks } from "../../../../renderer/charts/time-ticks.ts";

const minute = 60_000;
const noon = Date.UTC(2026, 2, 2, 12, 0, 0);

test("an hour on 474 pixels: each ten minutes, on round minutes", () => {
  // 60 min x 72 px / 474 px = 9.1 min -> 10
  const { ticks, fine } = timeTicks({ from: noon - 57 * minute, to: noon + 3 * minute }, 474, 0);
  expect(ticks.map((at) => (at - noon) / minute)).toEqual([-50, -40, -30, -20, -10, 0]);
  expect(fine).toBe(false);
});

test("a zoom of half a minute needs seconds", () => {
  const { ticks, fine } = timeTicks({ from: noon, to: noon + 30_000 }, 474, 0);
  expect(ticks.map((at) => (at - noon) / 1000)).toEqual([0, 5, 10, 15, 20, 25, 30]);
  expect(fine).toBe(true);
});

test("hours are those of the local clock: India is 5 h 30 min east", () => {
  const { ticks } = timeTicks({ from: noon, to: noon + 6 * 60 * minute }, 474, 330);
  expect(ticks[0]).toBe(noon + 30 * minute); // 18:00 there
});

test("a plot without width yet does not loop for ever", () => {
  expect(timeTicks({ from: noon, to: noon + 60 * minute }, 0, 0).ticks.length).toBeLessThan(5);
});
