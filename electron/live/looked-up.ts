import type { Detail, Missing, NamedLimit } from "../../shared/model/detail.ts";
import type { Clock } from "../machine/clock.ts";
import type { Census } from "./census.ts";
import type { KernelLog } from "./kernel-log.ts";
import { firstPid, neighbours } from "./neighbours.ts";
import type { Sampler } from "./sampler.ts";
import { readSecurity } from "./security.ts";

/** What a balloon lets its guest have, where the engine tells it. */
function balloon(census: Census, id: string): readonly NamedLimit[] {
  const value = census.told(id)?.guest?.allowed ?? null;
  const from = "domstats: balloon.current";
  return value === null
    ? []
    : [{ key: "balloon", value, ancestor: null, from, own: value, used: null, told: null }];
}

/**
 * What the panel of an instance shows beside its figures: what its reader describes, and for a container the namespaces it
 * lives in, what it may do, and what of all that Tare may not see.
 */
export function lookedUp(
  census: Census,
  sampler: Sampler,
  log: KernelLog,
  clock: Clock,
): (id: string) => Promise<Detail | null> {
  const near = neighbours(census.instances, census.handle, clock);
  return async (id) => {
    const described = await sampler.detail(id);
    if (described === null) return null;
    if (census.instances.get(id)?.kind === "vm")
      return { ...described, limits: [...described.limits, ...balloon(census, id), ...census.limited(id)] };
    const pid = firstPid(census.handle(id));
    if (pid === null) return described;
    const namespaces = await near.of(id);
    const missing: Missing[] = [...described.missing];
    if (namespaces === "denied") missing.push({ what: "namespaces", why: "denied" });
    if (log.closed !== null) missing.push({ what: "kernelLog", why: log.closed });
    return {
      ...described,
      namespaces: namespaces === "denied" ? null : namespaces,
      security: readSecurity(pid),
      missing,
    };
  };
}
