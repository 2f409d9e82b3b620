import type { Bytes } from "../model/units.ts";
import { evidence } from "./evidence.ts";
import { roundMemory, sureness } from "./proposals.ts";
import type { Rule } from "./rule.ts";

const worthwhile: Bytes = 256 * 2 ** 20;

/**
 * A VM never used more than a part of its configured memory: by its guest's word where it tells, else by what it ever touched.
 * Source: docs/measuring.md#a-vm-that-is-too-large.
 */
export const vmUnused: Rule = {
  id: "vm-unused",
  pace: "rare",
  of: "running",
  judge(watched, { at, thresholds, facts }) {
    const { instance, sample, guestNeed, memoryNeed } = watched;
    if (instance.kind !== "vm" || sample === null || sample.configured === null) return "quiet";
    const told = guestNeed.peak !== null;
    const used = told ? guestNeed : memoryNeed;
    const { peak, over } = used;
    if (peak === null || over < thresholds.unusedFor) return "quiet";
    const size = sample.configured;
    const to = roundMemory(peak * (1 + thresholds.headroom));
    if (peak > thresholds.unusedBelow * size || size - to < worthwhile) return "quiet";
    const p99 = used.share(0.99);
    const seen = { from: at - over, to: at };
    return {
      severity: "note",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        configured: size,
        inUse: told ? peak : null,
        gross: told ? sample.gross : peak,
      }),
      facts: { size, peak, p99, over, told: told ? 1 : 0 },
      shows: told ? "inUse" : "gross",
      proposal: {
        resource: "vmMemory",
        from: size,
        to,
        basis: { peak, p99, over, headroom: thresholds.headroom, sure: sureness(watched, thresholds) },
      },
    };
  },
};
