import type { Bytes, Fraction, Nanos } from "./units.ts";

/**
 * A limit as the detail panel lists it. `value` is in force: the smallest along the ancestors; null: none. Protections
 * (memoryLow, memoryMin), weights and the set of CPUs are listed with them: they decide who gives way.
 */
export type NamedLimit = {
  readonly key:
    | "memory"
    | "memoryHigh"
    | "memorySoft"
    | "memoryLow"
    | "memoryMin"
    | "swap"
    | "cpu"
    | "cpuWeight"
    | "cpuset"
    | "pids"
    | "hugetlb"
    | "ioRead"
    | "ioWrite"
    | "ioReads"
    | "ioWrites"
    | "ram"
    | "vcpus"
    | "balloon"
    | "domainMemory"
    | "domainSoft"
    | "domainSwap"
    | "domainLow"
    | "domainCpu"
    | "domainVcpu"
    | "domainEmulator"
    | "domainShares";
  /** Bytes, cores, processes, bytes or operations a second, or a weight. */
  readonly value: number | null;
  /** Path of the ancestor that sets it; null: the instance's own. */
  readonly ancestor: string | null;
  /** The file or command it was read from. */
  readonly from: string;
  /** What the instance's own cgroup is set to; null: nothing, or not told apart. */
  readonly own: number | null;
  /** How much of it is in use, in the same unit, where no figure of the sample is just that; null: not counted. */
  readonly used: number | null;
  /** As the kernel writes it, where a number does not say it all: "0-3,8", "50000 100000", "2MB". */
  readonly told: string | null;
};

/** A process that belongs to an instance: the workload's heaviest, or a helper that exists only for the box. */
export type NamedProcess = {
  readonly pid: number;
  /** The program's name (comm). Arguments never leave the machine's side. */
  readonly name: string;
  readonly helper: boolean;
  readonly threads: number | null;
  readonly memory: Bytes | null;
};

/** A line of a PSI file: shares of the last 10, 60 and 300 s as the kernel averages them, and all the time since it began. */
export type Stall = {
  readonly avg10: Fraction;
  readonly avg60: Fraction;
  readonly avg300: Fraction;
  readonly total: Nanos;
};
/** `some`: at least one task waited; `full`: all that had something to do. null: the kernel has no such line or file. */
export type Stalls = { readonly some: Stall | null; readonly full: Stall | null };

export const countKeys = [
  "memoryLow",
  "memoryHigh",
  "memoryMax",
  "oom",
  "oomKill",
  "oomGroupKill",
  "pidsMax",
  "refaultFile",
  "refaultAnon",
  "failures",
  "swapFailures",
  "kernelFailures",
  "underOom",
  "periods",
  "throttledPeriods",
  "throttledTime",
] as const;
/** What the kernel counts for a cgroup since it was made; throttledTime in ns, underOom 1 while it waits for memory. */
export type NamedCount = {
  readonly key: (typeof countKeys)[number];
  /** With all that is below it. */
  readonly value: number;
  /** Of the cgroup itself; null: not told apart. */
  readonly local: number | null;
  /** The kernel's name: "memory.events: oom_kill". */
  readonly from: string;
};

export const namespaceKinds = ["pid", "net", "mnt", "uts", "ipc", "user", "cgroup", "time"] as const;
export const mostSharers = 16;
/** A namespace that an instance's first process lives in. */
export type Namespace = {
  readonly kind: (typeof namespaceKinds)[number];
  readonly inode: number;
  /** own: nobody else that Tare sees lives in it; host: this computer's; shared: with the instances in `sharers`. */
  readonly sharing: "own" | "host" | "shared";
  /** Instance ids, sixteen at the most, and how many there are beside them. */
  readonly sharers: readonly string[];
  readonly more: number;
};

/** What a process may do beyond an ordinary one, as the kernel says of the instance's first. */
export type Security = {
  /** Effective capabilities without CAP_; null: not told. */
  readonly capabilities: readonly string[] | null;
  /** Those of them that Docker does not give by itself. */
  readonly beyondDefault: readonly string[];
  /** All that this kernel has: as good as the host's root. */
  readonly everyCapability: boolean;
  readonly seccomp: "off" | "strict" | "filter" | null;
  readonly noNewPrivileges: boolean | null;
  readonly readOnlyRoot: boolean | null;
  /** Its user, as the host numbers it; 0 is root. */
  readonly user: number | null;
};

export const missingThings = [
  "memory",
  "cpu",
  "pids",
  "io",
  "pressure",
  "kernelMemory",
  "swap",
  "namespaces",
  "kernelLog",
] as const;
/**
 * What the kernel does not offer for an instance. `off`: not in the kernel, or switched off when it started;
 * `undelegated`: it is there, but not handed to this cgroup; `denied`: Tare may not read it.
 */
export type Missing = {
  readonly what: (typeof missingThings)[number];
  readonly why: "off" | "undelegated" | "denied";
};

/** What is looked up only when the panel of an instance is open. */
export type Detail = {
  readonly limits: readonly NamedLimit[];
  readonly processes: readonly NamedProcess[];
  /** Files, directories and calls that its figures are read from, as text. */
  readonly readFrom: readonly string[];
  /** null: no PSI here (see `missing`), or not weighed by a cgroup. */
  readonly pressure: { readonly cpu: Stalls; readonly memory: Stalls; readonly io: Stalls } | null;
  readonly counts: readonly NamedCount[];
  /** null: not ours to read (see `missing`), or it has no process here. */
  readonly namespaces: readonly Namespace[] | null;
  readonly security: Security | null;
  readonly missing: readonly Missing[];
};

/** Of a detail that tells nothing of a thing: what an engine's API leaves unknown, and a recording of before. */
export const untold = {
  pressure: null,
  counts: [],
  namespaces: null,
  security: null,
  missing: [],
} as const satisfies Partial<Detail>;
