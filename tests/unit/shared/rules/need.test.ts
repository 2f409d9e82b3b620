import { describe, expect, test } from "vitest";
import { need } from "../../../../shared/rules/need.ts";

const mib = 2 ** 20;

describe("what it needed", () => {
  test("99 % of the time it used 100 MiB or less, a step of 5 % more at the most", () => {
    const used = need(mib);
    for (let second = 0; second < 1_000; second++) used.add(second < 995 ? 100 * mib : 400 * mib, 1_000);
    expect(used.peak).toBe(400 * mib);
    expect(used.over).toBe(1_000_000);
    expect(used.share(0.99) ?? 0).toBeGreaterThanOrEqual(100 * mib);
    expect(used.share(0.99) ?? 0).toBeLessThanOrEqual(105 * mib);
    expect(used.share(1)).toBe(400 * mib);
  });

  test("its shares count time, not readings; a gap is none of it", () => {
    const used = need(1);
    used.add(10, 3_000);
    used.add(1_000, 60_000); // a row after a minute without any: three seconds of it at most
    expect(used.over).toBe(6_000);
    expect(used.share(0.5) ?? 0).toBeLessThanOrEqual(10.5);
  });

  test("nothing seen, nothing said; what is below the least is one step", () => {
    const used = need(mib);
    expect([used.peak, used.share(0.99), used.over]).toEqual([null, null, 0]);
    used.add(5, 1_000);
    expect([used.peak, used.share(0.99)]).toEqual([5, 5]);
  });
});
