import { describe, expect, test } from "vitest";
import {
  heightOf,
  hostKey,
  type Layout,
  linesOf,
  withinKey,
} from "../../../../../renderer/views/limits/lines.ts";
import type { Judged } from "../../../../../renderer/views/limits/select.ts";
import type { RuleId, Severity } from "../../../../../shared/model/finding.ts";
import { madeFinding } from "../../../../fixtures/findings.ts";
import { weighed } from "../../weighed.ts";

const layout: Layout = { order: "worst", shown: "findings", folds: {}, many: 100 };
const one = (
  name: string,
  group: string | null,
  near: number,
  rule?: RuleId,
  severity?: Severity,
): Judged => ({
  ...weighed(name, {}, { group }),
  near,
  findings: rule ? [madeFinding({ rule, severity: severity ?? "note", instance: `docker:${name}` })] : [],
});
const all = [
  one("calm-1", "shop", 0.2),
  one("calm-2", null, 0.6),
  one("bare", "observ", 0.1, "no-limit"),
  one("killed", "shop", 0.99, "memory-killed", "critical"),
];
const keys = (change: Partial<Layout>, ofHost = false) =>
  linesOf(all, ofHost ? [madeFinding({ rule: "limits-over-host", instance: null })] : [], {
    ...layout,
    ...change,
  }).map(({ key }) => key.replace("docker:", ""));

describe("the list", () => {
  test("worst first, and who is within its limits set apart, the nearest first", () => {
    expect(keys({})).toEqual(["killed", "bare", withinKey, "calm-2", "calm-1"]);
  });
  test("folded away, they are one row", () => {
    expect(keys({ folds: { [withinKey]: true } })).toEqual(["killed", "bare", withinKey]);
  });
  test("only who is over, or everybody in one list", () => {
    expect(keys({ shown: "over" })).toEqual(["killed"]);
    expect(keys({ shown: "all" })).toEqual(["killed", "bare", "calm-2", "calm-1"]);
  });
  test("by project: those with somebody over first, without a project last", () => {
    expect(keys({ order: "project", shown: "all" })).toEqual([
      "group:limits:shop",
      "killed",
      "calm-1",
      "group:limits:observ",
      "bare",
      "group:limits:",
      "calm-2",
    ]);
  });
  test("what concerns the whole computer stands after who is over, and not among only these", () => {
    expect(keys({}, true)).toEqual(["killed", hostKey, "bare", withinKey, "calm-2", "calm-1"]);
    expect(keys({ shown: "over" }, true)).toEqual(["killed"]);
  });
  test("of many, a row a project until one is opened", () => {
    expect(keys({ many: 2 })).toEqual(["killed", "bare", withinKey, `${withinKey}:shop`, `${withinKey}:`]);
    expect(keys({ many: 2, folds: { [`${withinKey}:shop`]: false } })).toContain("calm-1");
  });
  test("of many, who has only the same note as others is folded into a row; what is graver stands by itself", () => {
    const bare = Array.from({ length: 12 }, (_, index) => one(`bare-${index}`, null, 0, "no-limit"));
    const some = [...bare, one("held", null, 1, "cpu-throttled", "warning"), one("odd", null, 0, "vm-held")];
    const keysOf = (change: Partial<Layout>) =>
      linesOf(some, [], { ...layout, ...change }).map(({ key }) => key.replace("docker:", ""));
    const row = "group:limits:note:no-limit";
    expect(keysOf({ many: 12 })).toEqual(["held", row, "odd"]);
    expect(keysOf({ many: 12, folds: { [row]: false } })).toHaveLength(15);
    expect(keysOf({})).toHaveLength(14);
  });
  test("a project's row tells how many are over", () => {
    const lines = linesOf(all, [], { ...layout, order: "project" });
    expect(lines.filter(({ line }) => line === "group")).toMatchObject([
      { of: { project: "shop" }, over: 1, level: 1 },
      { of: { project: "observ" }, over: 0 },
      { of: { within: true }, over: 0 },
    ]);
  });
  test("nobody is an empty list", () => {
    expect(linesOf([], [], layout)).toEqual([]);
  });
});

test("a row of whom something is said has room for it", () => {
  const [told, , group, calm] = linesOf(all, [], layout);
  const heights = [told, group, calm].map((line) => line && heightOf(line, false));
  expect(heights).toEqual([43, 30, 25]);
  expect(calm && heightOf(calm, true)).toBe(31);
});
