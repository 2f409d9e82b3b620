import type { Millis } from "../../shared/model/units.ts";
import type { Rule } from "./guard.ts";

/** Between two lines about refused requests: who is refused a thousand times a second must not fill a log. */
const pause: Millis = 10_000;

/**
 * Counts refused requests, and tells their number and rules at most every ten seconds; the first one at once. Nothing
 * of the requests themselves is told: a header may hold a secret, or be made to be read in a terminal.
 */
export function refusals(
  tell: (count: number, rules: readonly Rule[]) => void,
  signal: AbortSignal,
): (rule: Rule) => void {
  let count = 0;
  let timer: NodeJS.Timeout | null = null;
  const rules = new Set<Rule>();
  const flush = () => {
    timer = null;
    if (count === 0) return;
    tell(count, [...rules]);
    count = 0;
    rules.clear();
    timer = setTimeout(flush, pause);
    timer.unref();
  };
  signal.addEventListener("abort", () => timer && clearTimeout(timer), { once: true });
  return (rule) => {
    count++;
    rules.add(rule);
    if (!timer) flush();
  };
}
