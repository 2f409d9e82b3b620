import type { Bytes } from "../model/units.ts";
import { evidence } from "./evidence.ts";
import { roundMemory, sureness } from "./proposals.ts";
import type { Rule } from "./rule.ts";

const worthwhile: Bytes = 256 * 2 ** 20;
/** Of its configured memory; a guest needs some that is free. */
const much = 0.25;

/**
 * A VM holds memory that its guest once touched and does not use: the host can't have it back by itself, a balloon can.
 * Source: docs/measuring.md#held.
 */
export const vmHeld: Rule = {
  id: "vm-held",
  pace: "rare",
  of: "running",
  judge(watched, { at, thresholds, facts, open }) {
    const { instance, sample, guestNeed } = watched;
    if (instance.kind !== "vm" || sample === null || sample.configured === null) return "quiet";
    if (sample.held === null) return "undecided";
    const size = sample.configured;
    const least = Math.max(worthwhile, much * size) * (open ? 0.9 : 1);
    if (sample.held < least) return "quiet";
    const span = watched.over(thresholds.unusedFor);
    const held = span.mean("held");
    if (!span.whole || held === null) return "undecided";
    if (held < least) return "quiet";
    const { peak, over } = guestNeed;
    const to = roundMemory((peak ?? sample.inUse ?? size) * (1 + thresholds.headroom));
    const seen = { from: span.from, to: at };
    return {
      severity: "note",
      ...seen,
      evidence: evidence(instance, facts, seen, {
        held,
        gross: sample.gross,
        inUse: sample.inUse,
        configured: size,
      }),
      facts: { held, gross: sample.gross, inUse: sample.inUse, over: at - span.from },
      shows: "held",
      proposal:
        to < size
          ? {
              resource: "vmMemory",
              from: size,
              to,
              basis: {
                peak,
                p99: guestNeed.share(0.99),
                over,
                headroom: thresholds.headroom,
                sure: sureness(watched, thresholds),
              },
            }
          : null,
    };
  },
};
