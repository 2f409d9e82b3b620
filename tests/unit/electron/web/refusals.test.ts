import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refusals } from "../../../../electron/web/refusals.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the first refusal is told at once, a thousand more in one line ten seconds later", () => {
  const told: [number, readonly string[]][] = [];
  const refused = refusals((count, rules) => told.push([count, rules]), new AbortController().signal);
  refused("host");
  for (let request = 0; request < 999; request++) refused("origin");
  refused("key");
  expect(told).toEqual([[1, ["host"]]]);
  vi.advanceTimersByTime(9_999);
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(told[1]).toEqual([1_000, ["origin", "key"]]);
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(2);
});
