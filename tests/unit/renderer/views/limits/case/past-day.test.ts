import { expect, test } from "vitest";
import { changeOf, dayBars, gapsOf } from "../../../../../../renderer/views/limits/case/past-day.ts";
import type { Change } from "../../../../../../shared/model/change.ts";
import { pastFinding } from "../../../../../fixtures/findings.ts";

const hour = 3_600_000;
const now = 100 * hour;
const killed = (from: number, to: number) =>
  pastFinding({
    rule: "memory-killed",
    severity: "critical",
    openedAt: now - from * hour,
    clearedAt: now - to * hour,
  });

test("one bar a rule and instance, its stretches on a track of a day, and how long it held in all", () => {
  const [bar, ...more] = dayBars([killed(12, 6), killed(3, 2)], now, 6);
  expect(more).toEqual([]);
  expect(bar).toMatchObject({
    broken: true,
    lasted: 7 * hour,
    stretches: [
      { from: 0.5, to: 0.75 }, // 12 and 18 of 24 hours
      { from: 21 / 24, to: 22 / 24 },
    ],
  });
  expect(bar?.finding.openedAt).toBe(now - 12 * hour); // the longest is told by name
});

test("what began before the day is cut, what ended before it is none, and a moment is still seen", () => {
  const [bar] = dayBars([killed(30, 23), killed(40, 25), killed(1, 0.9999)], now, 6);
  expect(bar?.stretches[0]).toMatchObject({ from: 0 });
  expect(bar?.stretches).toHaveLength(2);
  const [, moment] = bar?.stretches ?? [];
  expect((moment?.to ?? 0) - (moment?.from ?? 0)).toBeCloseTo(0.008);
});

test("the worst first, and no more than there is room for", () => {
  const note = pastFinding({ rule: "no-limit", severity: "note", openedAt: now - hour, clearedAt: now });
  expect(dayBars([note, killed(2, 1)], now, 6).map(({ finding }) => finding.rule)).toEqual([
    "memory-killed",
    "no-limit",
  ]);
  expect(dayBars([note, killed(2, 1)], now, 1)).toHaveLength(1);
});

test("where nobody looked is between the spans in which somebody did", () => {
  const span = (from: number, to: number) => ({ from, to });
  expect(gapsOf([span(10, 20), span(40, 50), span(70, 80)])).toEqual([span(20, 40), span(50, 70)]);
  expect(gapsOf([span(10, 20)])).toEqual([]);
});

test("a limit was set from here where a change of it was made, of that instance, while the finding held", () => {
  const ending = { by: "limit", limit: "memoryLimit", from: 1, to: 2 } as const;
  const finding = pastFinding({ rule: "memory-killed", openedAt: 100, clearedAt: 200, ending });
  const change = (other: Partial<Change>): Change => ({
    id: 1,
    at: 150,
    instance: "docker:a",
    name: "a",
    resource: "memory",
    from: 1,
    to: 2,
    readBack: 2,
    file: null,
    state: "applied",
    undoable: true,
    trouble: null,
    ...other,
  });
  const is = (other: Partial<Change>) => changeOf(finding, [change(other)]) !== null;
  expect(is({})).toBe(true);
  expect(is({ state: "undone" })).toBe(true);
  for (const other of [
    { at: 99 },
    { at: 201 },
    { instance: "docker:b" },
    { resource: "cpu" },
    { state: "failed" },
  ] as const)
    expect(is(other)).toBe(false);
  expect(changeOf({ ...finding, ending: { by: "itself" } }, [change({})])).toBeNull();
});
