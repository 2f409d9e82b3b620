import { bytes, cores, count, percent, wholeBytes } from "../../format.ts";
import type { Proposal } from "../../model/change.ts";
import type { Finding, RuleId } from "../../model/finding.ts";
import type { EvidenceName } from "../../rules/evidence.ts";
import type { Phrase } from "../phrase.ts";
import { lasting } from "./amounts.ts";
import { memory } from "./findings-memory.ts";
import { other } from "./findings-other.ts";

const rules = { ...memory, ...other };

const evidence: { readonly [name in EvidenceName]: string } = {
  kills: "killed",
  limitHits: "limit hit",
  refaults: "pages read again",
  waitedMemory: "tasks waited for memory",
  stoodStillMemory: "all stood still for memory",
  waitedCpu: "tasks waited for CPU",
  waitedIo: "tasks waited for disk",
  restarts: "restarts by its engine",
  memoryLimit: "memory limit",
  workingSet: "working set",
  own: "its own memory",
  killable: "what can kill it",
  cache: "cache",
  peak: "peak since its start",
  seenPeak: "most that was seen",
  usual: "99 % of the time at most",
  growth: "grows by",
  fit: "how steadily",
  fullIn: "full in",
  throttledPeriods: "held back, of its periods",
  throttledTime: "time lost",
  cores: "CPU used",
  coresPeak: "most that was seen",
  coresUsual: "99 % of the time at most",
  cpuLimit: "quota",
  hostCores: "CPU used here, by all",
  hostThreads: "threads here",
  pids: "processes and threads",
  pidsLimit: "at most",
  pidsHits: "starts refused",
  swap: "in swap",
  swapLimit: "swap limit",
  read: "read",
  readLimit: "read limit",
  written: "written",
  writeLimit: "write limit",
  reportedMemory: "memory limit, by its engine",
  reportedCpu: "quota, by its engine",
  reportedPids: "processes, by its engine",
  withoutMemory: "without a figure of memory",
  limitsNotHeld: "limits that do not hold",
  sumOfLimits: "limits and sizes together",
  hostMemory: "memory of this computer",
  configured: "its size",
  gross: "taken from the host",
  inUse: "used by the guest",
  held: "held without use",
};

const amountOf = ({ resource, to }: Proposal): string => {
  if (resource === "memory" || resource === "vmMemory") return wholeBytes(to);
  return resource === "pids" ? `${count(to)} processes` : `${cores(to)} cores`;
};
const seenOf = (resource: Proposal["resource"], value: number | null) =>
  resource === "cpu" || resource === "vmCpu"
    ? `${cores(value)} cores`
    : resource === "pids"
      ? count(value)
      : bytes(value);

/** Words of findings: each is a function of the finding, since each language orders in its own way. */
export const findings = {
  /** What the rule is called, in settings and menus. */
  rule: (rule: RuleId): string => rules[rule].name,
  /** Beside its row. */
  line: (finding: Finding): string => rules[finding.rule].line(finding),
  /** Above its case; `name` of the instance, made harmless to read. */
  title: (finding: Finding, name: string): string => rules[finding.rule].title(finding, name),
  /** Why, in plain words. */
  why: (finding: Finding): Phrase => rules[finding.rule].why(finding),
  /** Names of evidence. */
  evidence,
  severity: { note: "Note", warning: "Warning", critical: "Critical" },
  /** How far its proposal can be believed; null: it proposes nothing. */
  doubt: ({ proposal }: Finding): string | null => {
    if (proposal === null) return null;
    const { resource, basis } = proposal;
    const amount = amountOf(proposal);
    if (basis.sure === "never-unhindered")
      return resource === "memory"
        ? `${amount} is a guess: it has never run long enough at any limit to show its need. Tare judges again as it runs.`
        : resource === "pids"
          ? `${amount} is a guess: how many it would start was never seen.`
          : `${amount} is a guess: how much it would use without its quota was never seen.`;
    const from = `${amount} is the most that was seen in ${lasting(basis.over)}, ${seenOf(resource, basis.peak)}, and ${percent(basis.headroom)} % headroom.`;
    return basis.sure === "measured"
      ? `${from} Its start is in it.`
      : `${from} That is a short time, or its start was not seen: it may need more.`;
  },
};
