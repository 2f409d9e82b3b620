import { cacheOnly } from "./cache-only.ts";
import { controllerOff } from "./controller-off.ts";
import { cpuStarved } from "./cpu-starved.ts";
import { cpuThrottled } from "./cpu-throttled.ts";
import { ioThrottled } from "./io-throttled.ts";
import { limitAboveHost } from "./limit-above-host.ts";
import { limitDiffers } from "./limit-differs.ts";
import { limitUnused } from "./limit-unused.ts";
import { limitsOverHost } from "./limits-over-host.ts";
import { memoryFilling } from "./memory-filling.ts";
import { memoryKilled } from "./memory-killed.ts";
import { memoryThrashing } from "./memory-thrashing.ts";
import { noLimit } from "./no-limit.ts";
import { pidsFull } from "./pids-full.ts";
import { quotaUnused } from "./quota-unused.ts";
import { restartLoop } from "./restart-loop.ts";
import type { HostRule, Rule } from "./rule.ts";
import { swapFull } from "./swap-full.ts";
import { vmHeld } from "./vm-held.ts";
import { vmUnused } from "./vm-unused.ts";

/** THE list of rules about an instance, in the order in which they are judged. */
export const rules: readonly Rule[] = [
  memoryKilled,
  restartLoop,
  memoryThrashing,
  memoryFilling,
  cpuThrottled,
  cpuStarved,
  pidsFull,
  swapFull,
  ioThrottled,
  limitDiffers,
  limitAboveHost,
  noLimit,
  limitUnused,
  quotaUnused,
  vmUnused,
  vmHeld,
  cacheOnly,
];

/** Those about the whole computer. */
export const hostRules: readonly HostRule[] = [limitsOverHost, controllerOff];
