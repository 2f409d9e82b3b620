import type { Finding, RuleId, Severity } from "../model/finding.ts";
import type { HostFacts } from "../model/host.ts";
import type { Instance } from "../model/instance.ts";
import type { Tick } from "../model/tick.ts";
import type { Millis } from "../model/units.ts";
import { advance, type Course, clear, findingId, sameWithin } from "./lifecycle.ts";
import type { Context, HostRule, Rule, Verdict } from "./rule.ts";
import type { Thresholds } from "./thresholds.ts";
import { type Watch, watch } from "./watched.ts";

export type Judging = {
  /** Takes one tick and gives what opened, changed and cleared in it. */
  take(tick: Tick, thresholds: Thresholds): readonly Finding[];
  open(): readonly Finding[];
};

type Case = {
  readonly watch: Watch;
  readonly courses: Map<RuleId, Course>;
  /** Something else was told of it than in the tick before. */
  stirred: boolean;
};

/**
 * Each pace in ticks. Not all instances are judged in the same one; who stands still and of whom nothing was found, where
 * only time goes on, is judged at the slow pace altogether.
 */
const every: { readonly [pace in Rule["pace"]]: number } = { tick: 1, slow: 5, rare: 10 };
/** At first everything is judged in every tick: a page that comes is not kept waiting. */
const atFirst = 5;
/** The clock may step back so far without anything being forgotten. */
const stepBack: Millis = 2_000;

/** All rules over everything that a source tells. A whole tick starts anew. Pure but for what it remembers. */
export function judging(
  facts: () => HostFacts,
  rules: readonly Rule[],
  hostRules: readonly HostRule[],
): Judging {
  const cases = new Map<string, Case>();
  const host = new Map<RuleId, Course>();
  /** Cleared within the last minute: what opens again is the same one. */
  let cleared = new Map<string, Finding>();
  let turn = 0;
  let now: Millis = Number.NEGATIVE_INFINITY;

  const forget = () => {
    cases.clear();
    host.clear();
    cleared = new Map();
    turn = 0;
  };

  const settle = (
    courses: Map<RuleId, Course>,
    rule: RuleId,
    instance: string | null,
    verdict: Verdict,
    told: Finding[],
  ) => {
    const before = courses.get(rule) ?? null;
    const last = before === null ? (cleared.get(findingId(rule, instance)) ?? null) : null;
    const next = advance(before, verdict, now, rule, instance, last);
    if (next.course) courses.set(rule, next.course);
    else courses.delete(rule);
    if (next.told) note(next.told, told);
  };

  const note = (finding: Finding, told: Finding[]) => {
    told.push(finding);
    if (finding.clearedAt !== null) cleared.set(finding.id, finding);
    else cleared.delete(finding.id);
  };

  const come = (instance: Instance) => {
    const known = cases.get(instance.id);
    const one = known ?? { watch: watch(instance, now), courses: new Map(), stirred: true };
    if (known) known.watch.become(instance, now);
    else cases.set(instance.id, one);
    one.stirred = true;
  };

  const leave = (id: string, told: Finding[]) => {
    for (const course of cases.get(id)?.courses.values() ?? []) {
      const { told: last } = clear(course, now);
      if (last) note(last, told);
    }
    cases.delete(id);
  };

  const isDue = (pace: Rule["pace"], slot: number) => turn <= atFirst || (turn + slot) % every[pace] === 0;

  const judge = (one: Case, contexts: Contexts, told: Finding[]) => {
    const { watch: watched, courses, stirred } = one;
    const { id, slot } = watched.instance;
    const due = { tick: true, slow: isDue("slow", slot), rare: isDue("rare", slot) };
    one.stirred = false;
    if (!due.slow && !stirred && courses.size === 0) return;
    watched.pass(now);
    const instead = insteadOf(watched);
    for (const rule of rules) {
      const course = courses.size === 0 ? undefined : courses.get(rule.id);
      if (!due[rule.pace] && !(due.slow && course && endsSoon(course))) continue;
      const open = course?.finding.severity ?? null;
      const verdict =
        rule.of === "running" && instead ? instead : rule.judge(watched, contexts[open ?? "none"]);
      if (open !== null || typeof verdict !== "string") settle(courses, rule.id, id, verdict, told);
    }
  };

  return {
    take(tick, thresholds) {
      if (tick.whole || tick.at < now - stepBack) forget();
      now = tick.at;
      turn++;
      const told: Finding[] = [];
      for (const instance of tick.came) come(instance);
      for (const id of tick.went) leave(id, told);
      // What is told of an instance's past comes before what it weighs now: a kill was under the limit of then.
      for (const event of tick.events) {
        const one = event.instance === null ? undefined : cases.get(event.instance);
        if (!one) continue;
        one.watch.hear(event);
        one.stirred = true;
      }
      for (const [id, sample] of tick.samples) {
        const one = cases.get(id);
        if (!one) continue;
        one.stirred ||= one.watch.sample !== sample;
        one.watch.take(now, sample);
      }
      const contexts = contextsOf({ at: now, thresholds, facts: facts(), host: tick.host });
      for (const one of cases.values()) judge(one, contexts, told);
      if (isDue("slow", 0)) {
        const everyone = [...cases.values()].map(({ watch: watched }) => watched);
        for (const one of everyone) one.pass(now);
        for (const rule of hostRules) {
          const open = host.get(rule.id)?.finding.severity ?? null;
          settle(host, rule.id, null, rule.judge(everyone, contexts[open ?? "none"]), told);
        }
        for (const [id, { clearedAt }] of cleared)
          if (clearedAt === null || now - clearedAt > sameWithin) cleared.delete(id);
      }
      return told;
    },
    open: () =>
      [...cases.values()]
        .flatMap(({ courses }) => [...courses.values()].map(({ finding }) => finding))
        .concat([...host.values()].map(({ finding }) => finding)),
  };
}

/** The end of what is loud, or about to end, is looked for at the slow pace at least. */
const endsSoon = ({ finding, quietSince }: Course) => finding.severity !== "note" || quietSince !== null;

/** A context for each severity that may be open: made once a tick, not once a rule and instance. */
type Contexts = { readonly [open in Severity | "none"]: Context };
const contextsOf = (context: Omit<Context, "open">): Contexts => ({
  none: { ...context, open: null },
  note: { ...context, open: "note" },
  warning: { ...context, open: "warning" },
  critical: { ...context, open: "critical" },
});

/** What rules of running instances say without being asked; null: they have to be. */
function insteadOf({ instance, sample }: Watch): "quiet" | "undecided" | null {
  // Paused: what it holds it holds, and it is held back by nothing but the pause.
  if (instance.state !== "running") return "quiet";
  return sample === null ? (instance.weighed === null ? "quiet" : "undecided") : null;
}
