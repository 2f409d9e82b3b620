import { expect, test } from "vitest";
import type { Severity } from "../../../../shared/model/finding.ts";
import { bounded, endingOf, spansOf } from "../../../../shared/rules/past.ts";
import { pastFinding } from "../../../fixtures/findings.ts";

const minute = 60_000;
const hour = 60 * minute;
const now = 100 * hour;

const none = {
  memoryLimit: null,
  swapLimit: null,
  cpuLimit: null,
  pidsLimit: null,
  readLimit: null,
  writeLimit: null,
  configured: null,
};

test("a finding ended with its limit where that one was set anew, or set at all; not with another one", () => {
  expect(endingOf("no-limit", none, { ...none, memoryLimit: 64 })).toEqual({
    by: "limit",
    limit: "memoryLimit",
    from: null,
    to: 64,
  });
  expect(endingOf("memory-killed", { ...none, swapLimit: 1 }, { ...none, swapLimit: 2 })).toMatchObject({
    limit: "swapLimit",
  });
  expect(endingOf("cpu-throttled", none, { ...none, memoryLimit: 64 })).toEqual({ by: "itself" });
  expect(endingOf("cpu-throttled", { ...none, cpuLimit: 1 }, { ...none, cpuLimit: 1 })).toEqual({
    by: "itself",
  });
  // What was not weighed is no limit that went.
  expect(endingOf("cpu-throttled", { ...none, cpuLimit: 1 }, null)).toEqual({ by: "itself" });
  expect(endingOf("cpu-throttled", null, { ...none, cpuLimit: 1 })).toEqual({ by: "itself" });
});

const one = (id: string, severity: Severity, from: number, to: number) =>
  pastFinding({ rule: "no-limit", id, severity, openedAt: now - from, clearedAt: now - to });

test("of more than a thousand, notes go before what was worse, the oldest first", () => {
  const many = (severity: Severity, count: number, ago: number) =>
    Array.from({ length: count }, (_, index) =>
      one(`${severity}${index}`, severity, ago + hour, ago - index),
    );
  const kept = bounded([...many("critical", 600, 3 * hour), ...many("note", 600, 2 * hour)], now);
  const of = (severity: Severity) => kept.filter((each) => each.severity === severity);
  expect([of("critical").length, of("note").length]).toEqual([600, 400]);
  expect(of("note")[0]?.id).toBe("note200");
  expect(bounded(many("critical", 1_100, 3 * hour), now)[0]?.id).toBe("critical100");
});

test("one that was told twice is one, from its first opening to its last clearing; a later one is another", () => {
  const twice = [
    one("a", "note", 60 * minute, 40 * minute),
    one("a", "note", 50 * minute, 30 * minute),
    one("a", "note", 35 * minute, 32 * minute),
    one("a", "note", 20 * minute, 10 * minute),
    one("b", "note", 55 * minute, 45 * minute),
    one("a", "note", 26 * hour, 25 * hour),
  ];
  expect(
    bounded(twice, now).map(({ id, openedAt, clearedAt }) => [
      id,
      (now - openedAt) / minute,
      (now - clearedAt) / minute,
    ]),
  ).toEqual([
    ["b", 55, 45],
    ["a", 60, 30],
    ["a", 20, 10],
  ]);
});

test("spans that overlap, or are a minute apart, are one; those of before the day are none", () => {
  const span = (from: number, to: number) => ({ from: now - from * minute, to: now - to * minute });
  expect(spansOf([span(100, 80), span(79, 60), span(90, 70), span(30, 0), span(1_600, 1_500)], now)).toEqual([
    span(100, 60),
    span(30, 0),
  ]);
});
