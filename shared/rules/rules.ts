import { cpuThrottled } from "./cpu-throttled.ts";
import { memoryKilled } from "./memory-killed.ts";
import { noLimit } from "./no-limit.ts";
import type { HostRule, Rule } from "./rule.ts";

/** THE list of rules, in the order in which they are judged. */
export const rules: readonly Rule[] = [memoryKilled, cpuThrottled, noLimit];

/** Those about the whole computer. */
export const hostRules: readonly HostRule[] = [];
