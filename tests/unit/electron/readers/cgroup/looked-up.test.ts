import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countsOf, parseCounts } from "../../../../../electron/readers/cgroup/counts.ts";
import { parseCpuList } from "../../../../../electron/readers/cgroup/cpuset.ts";
import { parseStalls, stallsIn } from "../../../../../electron/readers/cgroup/stalls.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const fixtures = "tests/fixtures/cgroup";
const nowhere = { unified: null, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null };
const by = (counts: ReturnType<typeof countsOf>) =>
  Object.fromEntries(counts.map(({ key, value, local }) => [key, [value, local]]));

describe("what the kernel counted", () => {
  test("v1, from the fixture", () => {
    const v1 = `${fixtures}/v1/kernel-6.18`;
    const paths = { ...nowhere, memory: `${v1}/memory`, cpu: `${v1}/cpu`, pids: `${v1}/pids` };
    expect(by(countsOf(paths))).toEqual({
      oomKill: [0, null],
      underOom: [0, null],
      failures: [0, null],
      refaultFile: [1, 1],
      refaultAnon: [0, 0],
      pidsMax: [1, null],
      periods: [66, null],
      throttledPeriods: [63, null],
      throttledTime: [4_470_326_263, null],
    });
  });
  test("v2, from the fixture: microseconds become nanoseconds, a file that is not there has no counts", () => {
    expect(by(countsOf({ ...nowhere, unified: `${fixtures}/v2/kernel-6.1` }))).toEqual({
      memoryLow: [0, null],
      memoryHigh: [0, null],
      memoryMax: [0, null],
      oom: [0, null],
      oomKill: [0, null],
      oomGroupKill: [0, null],
      refaultFile: [0, null],
      refaultAnon: [0, null],
      periods: [9, null],
      throttledPeriods: [5, null],
      throttledTime: [151_649_000, null],
    });
  });
  test("nowhere: nothing", () => expect(countsOf(nowhere)).toEqual([]));
});

describe("pressure as the kernel averages it", () => {
  test("shares and nanoseconds", () => {
    const text =
      "some avg10=12.06 avg60=0.21 avg300=100.00 total=8919\nfull avg10=0.00 avg60=0.13 avg300=0.96 total=5242\n";
    expect(parseStalls(text)).toEqual({
      some: { avg10: 0.1206, avg60: 0.0021, avg300: 1, total: 8_919_000 },
      full: { avg10: 0, avg60: 0.0013, avg300: 0.0096, total: 5_242_000 },
    });
  });
  test("a kernel without the line `full`", () =>
    expect(parseStalls("some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n").full).toBeNull());
  test("the fixture; and where nothing is kept, null", () => {
    expect(stallsIn(`${fixtures}/v2/kernel-6.1`)?.cpu.some?.total).toBe(158_367_000);
    expect(stallsIn(`${fixtures}/v1/kernel-6.18/memory`)).toBeNull();
    expect(stallsIn(null)).toBeNull();
  });
});

test.each([
  ["0-2,8", 4],
  ["0", 1],
  ["", null],
  ["3-1", null],
  ["0-2,x", null],
  ["0,0-999999", null],
])("CPUs %j", (text, count) => expect(parseCpuList(text)).toBe(count));

test("whatever the bytes, nothing throws, and no number is endless or negative", () => {
  const seed = "some avg10=0.06 avg60=0.21 avg300=0.99 total=8919\noom_kill 3\n0-2,8";
  const mangled = fc
    .array(fc.tuple(fc.nat(seed.length - 1), fc.constantFrom("9", "-", " ", "\n", ".", "x")), {
      maxLength: 9,
    })
    .map((strikes) => {
      const letters = [...seed];
      for (const [at, letter] of strikes) letters[at] = letter;
      return letters.join("");
    });
  const sane = (value: number | null | undefined) => value == null || (Number.isFinite(value) && value >= 0);
  fc.assert(
    fc.property(fc.oneof(mangled, fc.string({ maxLength: 200 })), (text) => {
      expect([...parseCounts(text).values()].every(sane)).toBe(true);
      expect(sane(parseCpuList(text))).toBe(true);
      const { some, full } = parseStalls(text);
      for (const stall of [some, full]) expect(Object.values(stall ?? {}).every(sane)).toBe(true);
    }),
    fuzzRuns(3_000),
  );
});
