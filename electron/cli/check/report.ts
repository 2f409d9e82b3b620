import type { Finding, Severity } from "../../../shared/model/finding.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Millis } from "../../../shared/model/units.ts";

/** A finding with all that an output says of it, in the user's language. Names are text from outside. */
export type Reported = {
  readonly finding: Finding;
  /** null: it concerns the whole computer. */
  readonly instance: Pick<Instance, "id" | "name" | "engine" | "kind" | "group"> | null;
  /** One sentence: what is wrong. */
  readonly title: string;
  /** Why, and what follows. */
  readonly explanation: string;
  /** The figures that it rests on, each with where it stands. */
  readonly evidence: readonly string[];
  /** The command that mends it; null: none does. */
  readonly mend: string | null;
};

/** What `tare check` looked at and found; every format is made from it. */
export type Report = {
  readonly version: string;
  readonly host: string;
  readonly from: Millis;
  readonly to: Millis;
  /** What is failed for: this severity and worse. */
  readonly failOn: "warning" | "critical";
  /** Instances that were looked at, those without a finding too. */
  readonly instances: readonly Pick<Instance, "id" | "name" | "engine" | "kind" | "group">[];
  /** The worst first. */
  readonly found: readonly Reported[];
  /** What a rule is called in the user's language. */
  readonly ruleName: (rule: Finding["rule"]) => string;
};

const ranks: { readonly [severity in Severity]: number } = { note: 0, warning: 1, critical: 2 };

/** true where a pipeline is to fail for it. */
export const fails = ({ severity }: Finding, failOn: Report["failOn"]): boolean =>
  ranks[severity] >= ranks[failOn];
