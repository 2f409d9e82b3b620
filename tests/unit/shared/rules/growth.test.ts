import { describe, expect, test } from "vitest";
import { growthOf } from "../../../../shared/rules/growth.ts";

const mib = 2 ** 20;
const course = (count: number, of: (second: number) => number) => {
  const at = Array.from({ length: count }, (_, second) => second * 1_000);
  return growthOf(
    at,
    at.map((_, second) => of(second) * mib),
  );
};

describe("growth", () => {
  test("1 MiB a second is 1 MiB a second, with saw teeth on it too", () => {
    expect(course(100, (second) => 40 + second)?.slope).toBeCloseTo(mib, 0);
    const teeth = course(100, (second) => 40 + second + (second % 5));
    expect((teeth?.slope ?? 0) / mib).toBeCloseTo(1, 1);
    expect(teeth?.fit ?? 0).toBeGreaterThan(0.9);
  });

  test("what starts up or fills a cache slows down: that is none", () => {
    expect(course(100, (second) => 100 * (1 - Math.exp(-second / 20)))).toBeNull();
  });

  test("what stands still, shrinks, or is seen ten seconds only is none", () => {
    expect(course(100, () => 40)).toBeNull();
    expect(course(100, (second) => 400 - second)).toBeNull();
    expect(course(9, (second) => second)).toBeNull();
  });

  test("one step up is no steady growth", () => {
    const step = course(100, (second) => (second < 50 ? 40 : 140));
    expect(step?.fit ?? 0).toBeLessThan(0.85);
  });
});
