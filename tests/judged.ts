import type { Source } from "../electron/source.ts";
import type { Finding } from "../shared/model/finding.ts";
import type { Instance } from "../shared/model/instance.ts";
import { judging } from "../shared/rules/judging.ts";
import { hostRules, rules } from "../shared/rules/rules.ts";
import { defaultThresholds, type Thresholds } from "../shared/rules/thresholds.ts";

/** What the rules say of a source, and nothing of whom `who` leaves out: others use this computer too. */
export type Judged = {
  /** All that opened, changed or cleared, as it was told. */
  readonly told: readonly Finding[];
  open(): readonly Finding[];
};

export function judged(
  source: Source,
  thresholds: Partial<Thresholds>,
  signal: AbortSignal,
  who: (instance: Instance) => boolean = () => true,
): Judged {
  const judge = judging(() => source.facts, rules, hostRules);
  const told: Finding[] = [];
  const all = { ...defaultThresholds, ...thresholds };
  source.listen(
    (tick) => void told.push(...judge.take({ ...tick, came: tick.came.filter(who) }, all)),
    signal,
  );
  return { told, open: () => judge.open() };
}
