import { describe, expect, test } from "vitest";
import { barOf, partsOf } from "../../../../../renderer/views/scale/cut.ts";
import type { Sample } from "../../../../../shared/figures.ts";
import { nothingKnown } from "../../../../../shared/wire/frames.ts";
import { mib } from "../../weighed.ts";

const sample = (known: Partial<Sample>): Sample => ({ ...nothingKnown, ...known });
const split = sample({ gross: 200 * mib, net: 120 * mib, cache: 60 * mib, tare: 20 * mib, other: 0 });

describe("parts", () => {
  test("of a container add up to gross", () => {
    expect(partsOf("container", split)).toEqual([
      { filling: "net", bytes: 120 * mib },
      { filling: "cache", bytes: 60 * mib },
      { filling: "tare", bytes: 20 * mib },
    ]);
  });
  test("what the kernel charges beyond them is drawn over 1 %, and not below", () => {
    const other = (bytes: number) =>
      partsOf("container", { ...split, other: bytes }).map(({ filling }) => filling);
    expect(other(3 * mib)).toContain("other"); // 1.5 % of 200
    expect(other(2 * mib)).not.toContain("other"); // 1 %
  });
  test("nothing known: nothing drawn; not split: one part that says so", () => {
    expect(partsOf("container", null)).toEqual([]);
    expect(partsOf("container", sample({ net: 5 }))).toEqual([]);
    expect(partsOf("container", sample({ gross: 7 }))).toEqual([{ filling: "mixed", bytes: 7 }]);
  });
  test("of a VM: what it uses and what it holds, where the guest tells", () => {
    expect(partsOf("vm", sample({ gross: 100, inUse: 60 }))).toEqual([
      { filling: "mixed", bytes: 60 },
      { filling: "held", bytes: 40 },
    ]);
    // The guest's figure is from another moment and may be larger: nothing is held then.
    expect(partsOf("vm", sample({ gross: 100, inUse: 130 }))).toEqual([{ filling: "mixed", bytes: 100 }]);
    expect(partsOf("vm", sample({ gross: 100 }))).toEqual([{ filling: "mixed", bytes: 100 }]);
  });
  test("of a VM whose workload was measured: net and the box", () => {
    expect(partsOf("vm", sample({ gross: 284, net: 5 }))).toEqual([
      { filling: "net", bytes: 5 },
      { filling: "tare", bytes: 279 },
    ]);
    expect(partsOf("vm", sample({ gross: 284, tare: 200 }))).toEqual([
      { filling: "mixed", bytes: 84 },
      { filling: "estimate", bytes: 200 },
    ]);
  });
});

describe("a bar", () => {
  test("stands in per cent of its ruler", () => {
    const bar = barOf("container", { ...split, memoryLimit: 256 * mib }, 400 * mib);
    expect(bar.segments).toEqual([
      { filling: "net", left: 0, width: 30 }, // 120 / 400
      { filling: "cache", left: 30, width: 15 }, // 60 / 400
      { filling: "tare", left: 45, width: 5 }, // 20 / 400
    ]);
    expect(bar.limit).toBe(64); // 256 / 400
    expect(bar.torn).toBe(false);
  });
  test("beyond the ruler it is cut and torn, and its limit is not drawn", () => {
    const bar = barOf("container", { ...split, memoryLimit: 256 * mib }, 150 * mib);
    expect(bar.segments.map(({ filling }) => filling)).toEqual(["net", "cache"]); // 120, then 30 of 60
    expect(bar.segments.at(-1)).toEqual({ filling: "cache", left: 80, width: 20 });
    expect(bar).toMatchObject({ torn: true, limit: null });
  });
});
