import type { Sample } from "../../../shared/figures.ts";
import type { Detail, NamedLimit } from "../../../shared/model/detail.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Fraction } from "../../../shared/model/units.ts";
import type { Words } from "../../../shared/words/words.ts";

export type LimitName = keyof Words["detail"]["facts"]["limits"];

/** A row of the limits: `value` null is none, or unknown where `known` is false. `used`: how much of it, as a share or (pids without a limit) as a count. */
export type LimitRow = {
  readonly key: LimitName;
  readonly unit: "bytes" | "cores" | "count" | "bytes/s" | "count/s";
  readonly value: number | null;
  readonly known: boolean;
  readonly used:
    | { readonly share: Fraction }
    | { readonly now: number }
    | { readonly squeezed: boolean }
    | null;
  /** The parent that sets it; null: the instance's own. */
  readonly ancestor: string | null;
  /** Where it was read; for hover. */
  readonly from: string | null;
  /** As the kernel writes it: the CPUs of a set, the size of huge pages. */
  readonly told: string | null;
  /** What its own cgroup is set to, where a parent's is in force; null: nothing else. */
  readonly own: number | null;
};

const share = (used: number | null, limit: number | null): LimitRow["used"] =>
  used === null || limit === null || limit <= 0 ? null : { share: used / limit };

/** Limits of block I/O, listed where there is one. How many operations are done is not measured. */
const ioRows = [
  { key: "ioRead", unit: "bytes/s", of: "read" },
  { key: "ioWrite", unit: "bytes/s", of: "written" },
  { key: "ioReads", unit: "count/s", of: null },
  { key: "ioWrites", unit: "count/s", of: null },
] as const;

/** Protections, the set of CPUs and huge pages: listed where there are any, with what is in use of them. */
function listed(limit: NamedLimit): readonly LimitRow[] {
  const { key, value, ancestor, from, own, used, told } = limit;
  if (!isListed(key)) return [];
  const row = { key, value, known: true, ancestor, from, told, own: ancestor === null ? null : own };
  return [{ ...row, unit: key === "cpuset" ? "count" : "bytes", used: share(used, value) }];
}

const listedKeys = ["memorySoft", "memoryLow", "memoryMin", "cpuset", "hugetlb"] as const;
const isListed = (key: NamedLimit["key"]): key is (typeof listedKeys)[number] =>
  listedKeys.some((one) => one === key);

/** What libvirt itself limits of a domain, listed where it does: memtune and cputune. */
const domainUnits: { readonly [key in NamedLimit["key"]]?: LimitRow["unit"] } = {
  domainMemory: "bytes",
  domainSoft: "bytes",
  domainSwap: "bytes",
  domainLow: "bytes",
  domainCpu: "cores",
  domainVcpu: "cores",
  domainEmulator: "cores",
  domainShares: "count",
};

/**
 * What is in force for a container: what was looked up when the panel opened; until then (or where nothing can be looked
 * up) the limits that are weighed each second.
 */
function containerRows(sample: Sample | null, detail: Detail | null): readonly LimitRow[] {
  const known = detail !== null || (sample?.gross ?? null) !== null;
  const found = (key: NamedLimit["key"]) => detail?.limits.find((limit) => limit.key === key);
  const row = (
    key: LimitName & NamedLimit["key"],
    unit: LimitRow["unit"],
    weighed: number | null,
    used: (limit: number | null) => LimitRow["used"],
  ): LimitRow => {
    const limit = found(key);
    const value = limit?.value ?? weighed;
    return {
      key,
      unit,
      value,
      known,
      used: used(value),
      ancestor: limit?.ancestor ?? null,
      from: limit?.from ?? null,
      told: limit?.told ?? null,
      own: limit?.ancestor == null ? null : limit.own,
    };
  };
  const { workingSet, cores, pids, swap } = sample ?? {
    workingSet: null,
    cores: null,
    pids: null,
    swap: null,
  };
  const optional: readonly LimitRow[] = [
    ...(detail?.limits ?? []).flatMap((limit) => listed(limit)),
    ...(found("cpuWeight") ? [row("cpuWeight", "count", null, () => null)] : []),
    ...ioRows
      .filter(({ key }) => found(key) !== undefined)
      .map(({ key, unit, of }) =>
        row(key, unit, null, (limit) => (of === null ? null : share(sample?.[of] ?? null, limit))),
      ),
  ];
  return [
    row("memory", "bytes", sample?.memoryLimit ?? null, (limit) => share(workingSet, limit)),
    row("memoryHigh", "bytes", null, (limit) => share(workingSet, limit)),
    row("swap", "bytes", null, (limit) => (limit === 0 ? { share: 0 } : share(swap, limit))),
    row("cpu", "cores", sample?.cpuLimit ?? null, (limit) => share(cores, limit)),
    row("pids", "count", sample?.pidsLimit ?? null, (limit) =>
      limit === null ? (pids === null ? null : { now: pids }) : share(pids, limit),
    ),
    ...optional,
  ];
}

/** What bounds a VM: its size and vCPUs, the balloon, and the cgroup around its process. */
function vmRows(instance: Instance, sample: Sample | null, detail: Detail | null): readonly LimitRow[] {
  const found = (key: NamedLimit["key"]) => detail?.limits.find((limit) => limit.key === key);
  const size = instance.virtualization?.configured ?? sample?.configured ?? null;
  const vcpus = instance.virtualization?.vcpus ?? null;
  const balloon = found("balloon")?.value ?? null;
  const plain = { ancestor: null, from: null, told: null, own: null };
  const known = detail !== null;
  const around = (key: LimitName, of: "cpu" | "memory", unit: LimitRow["unit"]): LimitRow => {
    const limit = found(of);
    return {
      key,
      unit,
      value: limit?.value ?? null,
      known,
      used: null,
      ancestor: limit?.ancestor ?? null,
      from: limit?.from ?? null,
      told: limit?.told ?? null,
      own: null,
    };
  };
  const tuned = (detail?.limits ?? []).flatMap((limit): readonly LimitRow[] => {
    const unit = domainUnits[limit.key];
    const key = limit.key as LimitName;
    return unit === undefined
      ? []
      : [{ ...plain, key, unit, value: limit.value, known: true, used: null, from: limit.from }];
  });
  return [
    {
      key: "ram",
      unit: "bytes",
      value: size,
      known: size !== null,
      used: share(sample?.gross ?? null, size),
      ...plain,
    },
    ...(balloon === null
      ? []
      : [
          {
            key: "balloon",
            unit: "bytes",
            value: balloon,
            known: true,
            used: size === null ? null : { squeezed: balloon < size },
            ...plain,
          } as const,
        ]),
    {
      key: "vcpus",
      unit: "count",
      value: vcpus,
      known: vcpus !== null,
      used: share(sample?.cores ?? null, vcpus),
      ...plain,
    },
    around("quota", "cpu", "cores"),
    around("cgroupMemory", "memory", "bytes"),
    ...tuned,
  ];
}

export const limitRows = (
  instance: Instance,
  sample: Sample | null,
  detail: Detail | null,
): readonly LimitRow[] =>
  instance.kind === "vm" ? vmRows(instance, sample, detail) : containerRows(sample, detail);

/** Whether what the engine reports is what is in force. `differs`: the rows where it is not, with what is reported. */
export type Reported = {
  readonly differs: readonly { readonly key: "memory" | "cpu" | "pids"; readonly value: number | null }[];
  /** No parent sets a limit that is in force. */
  readonly own: boolean;
};

/**
 * Compares what the engine reports with what is in force. CPU may differ by rounding of the quota (a thousandth of a core).
 */
export function reportedOf(instance: Instance, rows: readonly LimitRow[]): Reported {
  const keys = ["memory", "cpu", "pids"] as const;
  const differs = keys.flatMap((key) => {
    const row = rows.find((each) => each.key === key);
    if (!row?.known) return [];
    const value = instance.reported[key];
    const slack = key === "cpu" ? 0.001 : key === "memory" ? 65_536 : 0;
    const same =
      value === null || row.value === null ? value === row.value : Math.abs(value - row.value) <= slack;
    return same ? [] : [{ key, value }];
  });
  return { differs, own: rows.every(({ ancestor }) => ancestor === null) };
}
