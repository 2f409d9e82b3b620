import type { Finding, RuleId, Severity } from "../model/finding.ts";
import type { HostFacts, HostSample } from "../model/host.ts";
import type { Millis } from "../model/units.ts";
import type { Thresholds } from "./thresholds.ts";
import type { Watched } from "./watched.ts";

/** What a rule says when it holds. */
export type Holds = Pick<Finding, "severity" | "from" | "to" | "evidence" | "facts" | "shows" | "proposal">;

/** "quiet": it does not hold. "undecided": too little was seen to say; an open finding stays as it is. */
export type Verdict = Holds | "quiet" | "undecided";

export type Context = {
  readonly at: Millis;
  readonly thresholds: Thresholds;
  readonly facts: HostFacts;
  readonly host: HostSample;
  /** How severe the finding is that this rule has open; null: none. What is open closes later than it would open. */
  readonly open: Severity | null;
};

/** One rule: a pure function over what was seen of an instance. To add one: its file, and a line in rules.ts. */
export type Rule = {
  readonly id: RuleId;
  /** What moves slowly, or costs more to judge, is judged every fifth tick ("slow") or every tenth ("rare"). */
  readonly pace: "tick" | "slow" | "rare";
  /** "running": of what runs and is weighed now; "any": of what ended too. */
  readonly of: "running" | "any";
  readonly judge: (watched: Watched, context: Context) => Verdict;
};

/** A rule about the whole computer. */
export type HostRule = {
  readonly id: RuleId;
  readonly judge: (everyone: Iterable<Watched>, context: Context) => Verdict;
};
