import type { Sample } from "../figures.ts";
import type { Ending, Finding, LimitName, PastFinding, RuleId } from "../model/finding.ts";
import type { Millis } from "../model/units.ts";

/** A stretch of time in which Tare looked. */
export type Span = { readonly from: Millis; readonly to: Millis };
/** The limits in force; null: none. */
export type Limits = Pick<Sample, LimitName>;

/** So long what is over is remembered. */
export const day: Millis = 86_400_000;
const mostKept = 1_000;
/** Spans so close to each other are one: a restart of Tare. */
const together: Millis = 60_000;

const memory = ["memoryLimit", "swapLimit"] as const;
/** Which limits a rule is about: another one that was set anew has not ended it. */
const limitsOfRule: { readonly [rule in RuleId]: readonly LimitName[] } = {
  "memory-killed": memory,
  "restart-loop": memory,
  "memory-thrashing": memory,
  "memory-filling": memory,
  "cpu-throttled": ["cpuLimit"],
  "cpu-starved": [],
  "pids-full": ["pidsLimit"],
  "swap-full": memory,
  "io-throttled": ["readLimit", "writeLimit"],
  "limit-differs": ["memoryLimit", "cpuLimit", "pidsLimit"],
  "limits-over-host": [],
  "limit-above-host": ["memoryLimit", "cpuLimit", "configured"],
  "controller-off": [],
  "no-limit": memory,
  "limit-unused": memory,
  "quota-unused": ["cpuLimit"],
  "vm-unused": ["configured"],
  "vm-held": ["configured"],
  "cache-only": memory,
};

/**
 * Why a finding of an instance that still runs is over, by what was in force when it opened and what is now. null: not known, so
 * nothing is said of limits.
 */
export function endingOf(rule: RuleId, before: Limits | null, now: Limits | null): Ending {
  if (before !== null && now !== null)
    for (const limit of limitsOfRule[rule])
      if (before[limit] !== now[limit]) return { by: "limit", limit, from: before[limit], to: now[limit] };
  return { by: "itself" };
}

/** A finding that is over as it is kept: its evidence was of then. */
export const past = (
  finding: Finding,
  clearedAt: Millis,
  name: string | null,
  ending: Ending,
): PastFinding => ({
  ...finding,
  clearedAt,
  evidence: [],
  shows: null,
  proposal: null,
  name,
  ending,
});

/**
 * Oldest first, none that ended more than a day before `now`, at most a thousand: beyond that notes go first, since a hundred
 * containers that are removed at once leave hundreds of them. One that two Tares told, or one tells twice, is one.
 */
export function bounded(all: readonly PastFinding[], now: Millis): readonly PastFinding[] {
  const recent = joined(all.filter(({ clearedAt }) => clearedAt >= now - day));
  const surplus = recent.length - mostKept;
  if (surplus <= 0) return recent;
  const dropped = new Set(recent.filter(({ severity }) => severity === "note").slice(0, surplus));
  return recent.filter((one) => !dropped.has(one)).slice(-mostKept);
}

function joined(all: readonly PastFinding[]): readonly PastFinding[] {
  const byId = new Map<string, PastFinding[]>();
  for (const one of [...all].sort((a, b) => a.openedAt - b.openedAt)) {
    const others = byId.get(one.id) ?? [];
    const before = others.at(-1);
    if (before !== undefined && one.openedAt <= before.clearedAt) {
      const later = one.clearedAt >= before.clearedAt ? one : before;
      others[others.length - 1] = { ...later, openedAt: before.openedAt };
    } else others.push(one);
    byId.set(one.id, others);
  }
  return [...byId.values()].flat().sort((a, b) => a.clearedAt - b.clearedAt);
}

/** Spans that overlap, or are less than a minute apart, as one; of the day before `now`, oldest first. */
export function spansOf(all: readonly Span[], now: Millis): readonly Span[] {
  const found: Span[] = [];
  for (const span of [...all].sort((a, b) => a.from - b.from)) {
    if (span.to < now - day) continue;
    const last = found.at(-1);
    if (last !== undefined && span.from <= last.to + together)
      found[found.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else found.push(span);
  }
  return found;
}
