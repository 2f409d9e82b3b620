import type { Sample } from "../../shared/figures.ts";
import { derive } from "../../shared/measure/derive.ts";
import { isSet, type Setting, settingTo } from "../../shared/mends/setting.ts";
import type { Prepared, Resource } from "../../shared/model/change.ts";
import type { HostFacts } from "../../shared/model/host.ts";
import type { Instance } from "../../shared/model/instance.ts";
import type { LimitsReading } from "../../shared/model/reading.ts";
import type { Clock } from "../machine/clock.ts";
import { readers } from "../readers/readers.ts";
import type { Look } from "./hand.ts";

/** An instance weighed now. */
export type Weighed = {
  /** Figures of now where its cgroup can be read, else of the app's last look; null: neither. */
  readonly sample: Sample | null;
  /** The kernel's own word on its limits; null: out of reach. */
  readonly limits: LimitsReading | null;
};

/** Reads the cgroup of an instance once. What needs two readings (cores) and what is out of reach comes from `last`. */
export function weigh(
  { handle, running }: Look,
  instance: Instance,
  last: Sample | null,
  host: HostFacts,
  clock: Clock,
): Weighed {
  if (!running) return { sample: null, limits: null };
  const elsewhere = { sample: last, limits: null };
  if (handle?.via !== "cgroup") return elsewhere;
  try {
    const reader = readers(clock)(handle);
    try {
      const reading = reader.read();
      if (reading === null || reading === "gone") return elsewhere;
      const { kind, reported, virtualization } = instance;
      const limited = { kind, reported, configured: null, vcpus: virtualization?.vcpus ?? null, host };
      const sample = derive(null, reading, { ...limited, period: 1e9 });
      return { sample: { ...sample, cores: last?.cores ?? null }, limits: reading.limits };
    } finally {
      reader.close();
    }
  } catch {
    return elsewhere;
  }
}

/**
 * The limit in force: the engine's word, and where the kernel keeps another on the very cgroup, the kernel's. Podman before 5
 * forgets what it was told to set, and Docker what was changed behind its back.
 */
export function inForce(told: Setting, { limits }: Weighed, host: HostFacts): Setting {
  const { resource } = told;
  if (limits === null || (resource !== "memory" && resource !== "cpu" && resource !== "pids")) return told;
  const { value, ancestor } = limits[resource];
  // An ancestor's is the smaller one: of the own limit this says nothing.
  if (ancestor !== null) return told;
  if (resource === "memory" && told.resource === "memory") {
    if (isSet(resource, boundless(told.limit, host.memory), value)) return told;
    const swap = limits.swap.ancestor === null ? limits.swap.value : null;
    return value === null
      ? { resource, limit: null, withSwap: null }
      : { resource, limit: value, withSwap: swap === null ? null : value + swap };
  }
  const most = resource === "cpu" ? host.threads : Number.POSITIVE_INFINITY;
  if (isSet(resource, boundless(told.limit, most), value)) return told;
  return value === null ? { ...told, limit: null } : settingTo(told, value);
}

/** The kernel's reader takes a limit of the whole computer, or more, for none. */
const boundless = (limit: number | null, most: number): number | null =>
  limit !== null && limit >= most ? null : limit;

/** Present use of what is to be limited, as the rules count it; null: not known. */
export function usedOf(resource: Resource, sample: Sample | null): number | null {
  switch (resource) {
    case "memory":
      return sample?.workingSet ?? sample?.gross ?? null;
    case "cpu":
    case "vmCpu":
      return sample?.cores ?? null;
    case "pids":
      return sample?.pids ?? null;
    case "vmMemory":
      return sample?.inUse ?? null;
  }
}

/** What a bar of its memory is made of. */
export function partsOf(resource: Resource, sample: Sample | null): Prepared["parts"] {
  if (resource !== "memory" || sample === null) return null;
  const { net, tareKernel, cache } = sample;
  return net === null ? null : { own: net, kernel: tareKernel ?? 0, cache: cache ?? 0 };
}

/**
 * Present use and a tenth: below it a new limit of memory kills (cgroup v2) or is refused (v1), and one of processes leaves
 * no room to fork. Less CPU only takes longer: no floor. 178 MiB in use: 195.8 MiB. reliability: kubelet evicts by the same
 * working set.
 */
export function floorOf(resource: Resource, use: number | null): number | null {
  return use === null || resource === "cpu" || resource === "vmCpu" ? null : use * 1.1;
}

/** Whether a limit could harm what runs now: it is lower than before, and below the floor, or nobody knows the use. */
export function isDangerous(
  resource: Resource,
  {
    from,
    to,
    use,
    running,
  }: { from: number | null; to: number | null; use: number | null; running: boolean },
): boolean {
  if (!running || to === null || (from !== null && to >= from)) return false;
  if (resource === "cpu" || resource === "vmCpu") return false;
  const floor = floorOf(resource, use);
  return floor === null || to < floor;
}
