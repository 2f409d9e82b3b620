import { expect, test } from "vitest";
import { checkJson } from "../../../../../electron/cli/check/check-json.ts";
import { report } from "./report.ts";

test("says what failed and why, in base units", () => {
  const said = checkJson(report);
  expect(said).toMatchObject({ failOn: "critical", failed: 1, host: "kestrel" });
  expect(said.findings.map(({ rule, severity, fails }) => [rule, severity, fails])).toEqual([
    ["memory-killed", "critical", true],
    ["limits-over-host", "warning", false],
    ["no-limit", "note", false],
  ]);
  expect(said.findings[0]?.evidence[0]).toMatchObject({ value: 2, source: "memory.events: oom_kill" });
  expect(checkJson({ ...report, failOn: "warning" }).failed).toBe(2);
});
