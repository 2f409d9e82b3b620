import { expect, test } from "vitest";
import type { Finding, RuleId, Severity } from "../../../../shared/model/finding.ts";
import { isBroken, worstFirst } from "../../../../shared/rules/worst-first.ts";
import { madeFinding } from "../../../fixtures/findings.ts";

const finding = (rule: RuleId, severity: Severity, openedAt = 0): Finding =>
  madeFinding({ rule, severity, openedAt });

test("broken limits first, then by severity, then as rules stand, the older first", () => {
  const sorted = [
    finding("no-limit", "note"),
    finding("memory-filling", "critical"), // about to be lost, but the limit holds still
    finding("cpu-throttled", "warning", 2),
    finding("limits-over-host", "warning"),
    finding("cpu-throttled", "warning", 1),
    finding("memory-killed", "critical"),
    finding("restart-loop", "critical"),
  ].sort(worstFirst);
  expect(sorted.map(({ rule, openedAt }) => `${rule} ${openedAt}`)).toEqual([
    "memory-killed 0",
    "cpu-throttled 1",
    "cpu-throttled 2",
    "restart-loop 0",
    "memory-filling 0",
    "limits-over-host 0",
    "no-limit 0",
  ]);
});

test.each([
  ["killed for memory", "memory-killed", "critical", true],
  ["throttled", "cpu-throttled", "warning", true],
  ["throttled a little", "cpu-throttled", "note", false],
  ["pids near their limit", "pids-full", "warning", false],
  ["forks that failed", "pids-full", "critical", true],
  ["no limit", "no-limit", "note", false],
  ["a restart loop: no limit of the kernel's", "restart-loop", "critical", false],
] as const)("broken: %s", (_, rule, severity, broken) =>
  expect(isBroken(finding(rule, severity))).toBe(broken),
);
