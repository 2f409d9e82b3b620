import { evidence } from "./evidence.ts";
import type { Rule } from "./rule.ts";

const lately = 15_000;
/** Where the kernel counts it, somebody has to wait for the disk as well: at its limit by chance is not held back. */
const waits = 0.1;

/** It reads or writes as fast as its limit of a disk lets it, lasting, and its tasks wait. Source: docs/measuring.md#disk-at-its-limit. */
export const ioThrottled: Rule = {
  id: "io-throttled",
  pace: "slow",
  of: "running",
  judge(watched, { at, thresholds, facts, open }) {
    const { instance, sample } = watched;
    if (sample === null || (sample.readLimit === null && sample.writeLimit === null)) return "quiet";
    const span = watched.over(open ? Math.min(lately, thresholds.ioFor) : thresholds.ioFor);
    if (!span.whole) return "undecided";
    const ease = open ? 0.8 : 1;
    const reads = atLimit(span.mean("read"), sample.readLimit, thresholds.ioNear * ease);
    const writes = atLimit(span.mean("written"), sample.writeLimit, thresholds.ioNear * ease);
    const waited = span.mean("pressureIo");
    if (!(reads || writes) || (waited !== null && waited < waits * ease)) return "quiet";
    const seen = { from: span.from, to: at };
    const read = reads ? span.mean("read") : null;
    const written = writes ? span.mean("written") : null;
    return {
      severity: "warning",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        read,
        readLimit: reads ? sample.readLimit : null,
        written,
        writeLimit: writes ? sample.writeLimit : null,
        waitedIo: waited,
      }),
      facts: { read, readLimit: sample.readLimit, written, writeLimit: sample.writeLimit, waited },
      shows: reads ? "read" : "written",
      proposal: null,
    };
  },
};

const atLimit = (rate: number | null, limit: number | null, near: number): boolean =>
  rate !== null && limit !== null && rate >= near * limit;
