import { type Finding, type RuleId, ruleIds, type Severity } from "../model/finding.ts";

/** Rules that are about a limit which holds something back or has cost work; the others tell of one that is near, missing, too wide. */
const ofBrokenLimits: ReadonlySet<RuleId> = new Set([
  "memory-killed",
  "memory-thrashing",
  "cpu-throttled",
  "swap-full",
  "io-throttled",
]);

/** A limit is broken: what stands in red, and what the tab counts. Pids that are near their limit are only near it until some fail. */
export const isBroken = ({ rule, severity }: Pick<Finding, "rule" | "severity">): boolean =>
  severity !== "note" && (ofBrokenLimits.has(rule) || (rule === "pids-full" && severity === "critical"));

const weight: { readonly [severity in Severity]: number } = { critical: 0, warning: 1, note: 2 };

/** Orders findings for people: broken limits, then by severity, then as the list of rules stands, the older of equals first. */
export const worstFirst = (a: Finding, b: Finding): number =>
  Number(isBroken(b)) - Number(isBroken(a)) ||
  weight[a.severity] - weight[b.severity] ||
  ruleIds.indexOf(a.rule) - ruleIds.indexOf(b.rule) ||
  a.openedAt - b.openedAt ||
  (a.id < b.id ? -1 : 1);
