import type { FigureName } from "../figures.ts";
import type { Proposal } from "./change.ts";
import type { Fraction, Millis } from "./units.ts";

/** note: worth knowing · warning: it is held back, or soon will be · critical: work was lost, or is about to be. */
export type Severity = "note" | "warning" | "critical";

/** THE list of rules, by the name that stands in output, settings and URLs. Order: of equals, who stands first on screen. */
export const ruleIds = [
  "memory-killed",
  "restart-loop",
  "memory-thrashing",
  "memory-filling",
  "cpu-throttled",
  "cpu-starved",
  "pids-full",
  "swap-full",
  "io-throttled",
  "limit-differs",
  "limits-over-host",
  "limit-above-host",
  "controller-off",
  "no-limit",
  "limit-unused",
  "quota-unused",
  "vm-unused",
  "vm-held",
  "cache-only",
] as const;
export type RuleId = (typeof ruleIds)[number];

/** What a figure of evidence is counted in. */
export type EvidenceUnit =
  | "bytes"
  | "cores"
  | "fraction"
  | "count"
  | "per-second"
  | "bytes-per-second"
  | "ms";

/** One line of evidence: a figure, of what stretch of time, and where the kernel or the engine keeps it. */
export type Evidence = {
  /** Its name in the catalogue of words. */
  readonly name: string;
  readonly value: number;
  readonly unit: EvidenceUnit;
  /** The kernel's or the engine's own name: "memory.events: oom_kill". */
  readonly source: string;
  readonly from: Millis;
  readonly to: Millis;
};

/** What a rule says about an instance over a window of time. */
export type Finding = {
  /** `<rule>/<instance id>`; `limits-over-host/` concerns the host. The same one while it is open. */
  readonly id: string;
  readonly rule: RuleId;
  readonly severity: Severity;
  /** null: it concerns the whole computer. */
  readonly instance: string | null;
  readonly openedAt: Millis;
  /** When it became as severe as it is. */
  readonly worsenedAt: Millis;
  /** null: it holds. Cleared ones are told once more, then kept in the log only. */
  readonly clearedAt: Millis | null;
  /** The stretch that the evidence is from. */
  readonly from: Millis;
  readonly to: Millis;
  readonly evidence: readonly Evidence[];
  /** What its sentences need beside the evidence: numbers in base units, names as text from outside. */
  readonly facts: { readonly [name: string]: number | string | null };
  /** The figure whose course shows it best, for the case's chart; null: none does. */
  readonly shows: FigureName | null;
  /** The limit that would mend it; null: its mend is no limit (its words say what is). */
  readonly proposal: Proposal | null;
};

/** What of a sample says that a limit was set anew. */
export const limitNames = [
  "memoryLimit",
  "swapLimit",
  "cpuLimit",
  "pidsLimit",
  "readLimit",
  "writeLimit",
  "configured",
] as const satisfies readonly FigureName[];
export type LimitName = (typeof limitNames)[number];

/** Why a finding is over: its limit was set anew, its instance ended or is gone, Tare looked no more, or it went by itself. */
export type Ending =
  | {
      readonly by: "limit";
      readonly limit: LimitName;
      readonly from: number | null;
      readonly to: number | null;
    }
  | { readonly by: "ended" | "unwatched" | "itself" };

/** A finding that is over, as it is kept for a day: without its evidence, but with the name that its instance had. */
export type PastFinding = Omit<Finding, "clearedAt"> & {
  readonly clearedAt: Millis;
  /** null: of the whole computer, or never known. */
  readonly name: string | null;
  readonly ending: Ending;
};

/** How sure a proposal is of the need it is made from. */
export type Sureness = "measured" | "short-window" | "never-unhindered";

/** What a proposed limit was computed from. */
export type Basis = {
  readonly peak: number | null;
  /** 99 % of the time it used no more. */
  readonly p99: number | null;
  /** How much time was looked at. */
  readonly over: Millis;
  /** What was added to the need: 0.25 is a quarter. */
  readonly headroom: Fraction;
  readonly sure: Sureness;
};
