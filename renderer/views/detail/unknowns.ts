import type { Sample } from "../../../shared/figures.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Words } from "../../../shared/words/words.ts";

/** A figure that is not known, and why: keys of the words for both. */
export type Unknown = {
  readonly what: keyof Words["detail"]["facts"]["unknown"];
  readonly why: keyof Words["detail"]["facts"]["why"];
};

/** What is not known of an instance that is weighed, in the order of the panel. Unknown is said, never shown as 0. */
export function unknowns(instance: Instance, sample: Sample): readonly Unknown[] {
  const found: Unknown[] = [];
  const add = (unknown: boolean, what: Unknown["what"], why: Unknown["why"]) => {
    if (unknown) found.push({ what, why });
  };
  if (instance.kind === "vm") {
    add(sample.inUse === null, "inUse", "inUse");
    add(sample.net === null, "net", "net");
    add(sample.cache === null, "cacheOfGuest", "cacheOfGuest");
    add(sample.throttledShare === null, "throttled", "throttled");
    add(sample.pressureMemory === null && sample.pressureCpu === null, "pressure", "pressureVm");
  } else {
    const split = sample.gross === null || sample.net !== null;
    add(!split, "split", "split");
    add(split && sample.gross !== null && sample.tareKernel === null, "kernel", "kernel");
    add(sample.tareHelpers === null && instance.weighed === "cgroup", "helpers", "helpers");
    add(sample.throttledShare === null && sample.cpuLimit !== null, "throttled", "throttledCounted");
    add(sample.throttledShare === null && sample.cpuLimit === null, "throttled", "throttled");
    add(sample.pressureMemory === null && sample.pressureCpu === null, "pressure", "pressure");
  }
  add(sample.received === null, "network", "network");
  add(sample.read === null, "disk", "disk");
  add(sample.pids === null && instance.kind === "container", "pids", "pids");
  return found;
}
