import type { Finding } from "../shared/model/finding.ts";
import type { Tick } from "../shared/model/tick.ts";
import type { Millis } from "../shared/model/units.ts";
import { judging } from "../shared/rules/judging.ts";
import { hostRules, rules } from "../shared/rules/rules.ts";
import type { Thresholds } from "../shared/rules/thresholds.ts";
import type { Source } from "./source.ts";

export type Findings = {
  /** Those that hold now. */
  open(): readonly Finding[];
  /**
   * What opened, changed or cleared after `revision`, and the revision of now. A page asks with what it got last: one that is
   * behind gets each finding once, as it is now.
   */
  since(revision: number): { readonly revision: number; readonly findings: readonly Finding[] };
  /** Tells what opened, changed or cleared, tick by tick, until `signal` aborts. `anew`: they are all that hold, after a jump. */
  listen(listener: (findings: readonly Finding[], anew: boolean) => void, signal: AbortSignal): void;
};

const mostTold = 1_000;
/** Of a recording, so much of what was before a jump is judged first: what holds there began before. */
const lookBack: Millis = 600_000;

/** Runs the rules behind a source: of this computer or of a recording. A jump (a whole tick) starts anew. */
export function findings(source: Source, thresholds: () => Thresholds, signal: AbortSignal): Findings {
  const listeners = new Set<(findings: readonly Finding[], anew: boolean) => void>();
  let judge = judging(() => source.facts, rules, hostRules);
  let revision = 0;
  /** What was told, by id, with the revision in which it was: the newest last. */
  const told = new Map<string, { readonly finding: Finding; readonly revision: number }>();

  const tell = (finding: Finding) => {
    told.delete(finding.id);
    told.set(finding.id, { finding, revision });
  };

  const tidy = () => {
    for (const [id, { finding }] of told) {
      if (told.size <= mostTold) break;
      if (finding.clearedAt !== null) told.delete(id);
    }
  };

  /** Judges what a recording knows of the time before a jump, up to its moment. false: nothing is known of it. */
  const warm = ({ at, events }: Tick): boolean => {
    let first = true;
    for (const past of source.past(at - lookBack)) {
      const before = first ? events.filter((event) => event.at <= past.at) : past.events;
      judge.take({ ...past, events: before }, thresholds());
      first = false;
    }
    return !first;
  };

  source.listen((tick) => {
    let warmed = false;
    if (tick.whole) {
      judge = judging(() => source.facts, rules, hostRules);
      told.clear();
      warmed = warm(tick);
    }
    const changed = warmed ? [] : judge.take(tick, thresholds());
    const now = tick.whole ? judge.open() : changed;
    if (now.length === 0 && !tick.whole) return;
    revision++;
    for (const finding of now) tell(finding);
    tidy();
    for (const listener of [...listeners]) listener(now, tick.whole);
  }, signal);

  return {
    open: () => judge.open(),
    since: (known) => ({
      revision,
      findings: [...told.values()].filter((one) => one.revision > known).map(({ finding }) => finding),
    }),
    listen(listener, until) {
      listeners.add(listener);
      until.addEventListener("abort", () => listeners.delete(listener), { once: true });
    },
  };
}
