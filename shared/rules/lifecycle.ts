import type { Finding, RuleId, Severity } from "../model/finding.ts";
import type { Millis } from "../model/units.ts";
import type { Holds, Verdict } from "./rule.ts";

/** The life of one finding. */
export type Course = {
  readonly finding: Finding;
  /** When its rule held last. */
  readonly heldAt: Millis;
  /** Since when it does not hold; null: it does. From the first verdict that says so: some rules are asked seldom. */
  readonly quietSince: Millis | null;
  /** When it was last as severe as it is told. */
  readonly severeAt: Millis;
  /** When it was told last. */
  readonly toldAt: Millis;
};

/** What a verdict makes of it: the course from now on (null: it is over, or never began), and what is new to tell. */
export type Turn = { readonly course: Course | null; readonly told: Finding | null };

/** It is over when its rule did not hold for so long: no dip of a few seconds ends it. */
export const clearsAfter: Millis = 20_000;
/** It is less severe when it was less severe for so long. */
export const easesAfter: Millis = 30_000;
/** Where nothing can be said any more for so long, it is over. */
export const forgottenAfter: Millis = 120_000;
/** It opens again as the same one within so long. */
export const sameWithin: Millis = 60_000;
/** How often the new evidence of an open one is told; of a note less often: there are many, and they change slowly. */
const refresh: { readonly [severity in Severity]: Millis } = {
  critical: 5_000,
  warning: 5_000,
  note: 30_000,
};

const rank: { readonly [severity in Severity]: number } = { note: 0, warning: 1, critical: 2 };
export const moreSevere = (a: Severity, b: Severity): boolean => rank[a] > rank[b];

export const findingId = (rule: RuleId, instance: string | null): string => `${rule}/${instance ?? ""}`;

/**
 * One step of one finding: opens at once (a rule's own window is its patience), worsens at once, eases and clears only after
 * a while, so that it never flaps. `before`: its course up to now; `last`: the same finding, cleared lately.
 */
export function advance(
  before: Course | null,
  verdict: Verdict,
  at: Millis,
  rule: RuleId,
  instance: string | null,
  last: Finding | null = null,
): Turn {
  if (typeof verdict === "object")
    return before ? goOn(before, verdict, at) : open(verdict, at, rule, instance, last);
  if (before === null) return { course: null, told: null };
  if (verdict === "undecided")
    return at - before.heldAt >= forgottenAfter ? clear(before, at) : { course: before, told: null };
  const quietSince = before.quietSince ?? at;
  return at - quietSince >= clearsAfter
    ? clear(before, at)
    : { course: { ...before, quietSince }, told: null };
}

/** Ends it now: the instance is gone. */
export function clear({ finding }: Course, at: Millis): Turn {
  return { course: null, told: { ...finding, clearedAt: at } };
}

function open(holds: Holds, at: Millis, rule: RuleId, instance: string | null, last: Finding | null): Turn {
  const again = last?.clearedAt != null && at - last.clearedAt <= sameWithin && last.clearedAt <= at;
  const openedAt = again ? last.openedAt : at;
  const finding: Finding = {
    id: findingId(rule, instance),
    rule,
    instance,
    openedAt,
    worsenedAt: again && last.severity === holds.severity ? last.worsenedAt : at,
    clearedAt: null,
    ...holds,
  };
  return { course: { finding, heldAt: at, quietSince: null, severeAt: at, toldAt: at }, told: finding };
}

function goOn(before: Course, holds: Holds, at: Millis): Turn {
  const { finding } = before;
  const worse = moreSevere(holds.severity, finding.severity);
  const milder = moreSevere(finding.severity, holds.severity);
  const eased = milder && at - before.severeAt >= easesAfter;
  const severity = worse || eased ? holds.severity : finding.severity;
  const now: Finding = {
    ...finding,
    ...holds,
    severity,
    worsenedAt: severity === finding.severity ? finding.worsenedAt : at,
  };
  const tells = worse || eased || (at - before.toldAt >= refresh[severity] && differs(finding, now));
  return {
    course: {
      finding: now,
      heldAt: at,
      quietSince: null,
      severeAt: milder && !eased ? before.severeAt : at,
      toldAt: tells ? at : before.toldAt,
    },
    told: tells ? now : null,
  };
}

/** true where its sentences or figures read otherwise: that its time went on alone is nothing to tell. */
function differs(one: Finding, other: Finding): boolean {
  return (
    one.evidence.length !== other.evidence.length ||
    one.evidence.some(({ name, value }, index) => {
      const now = other.evidence[index];
      return now?.name !== name || Math.abs(now.value - value) > 0.001 * Math.abs(value);
    }) ||
    one.proposal?.to !== other.proposal?.to ||
    Object.entries(one.facts).some(([name, value]) => other.facts[name] !== value)
  );
}
