import type { Bytes, Cores, Millis } from "./units.ts";

export type Kind = "container" | "vm";

/** Who runs an instance. A name here is a name on screen; `cgroup` is a group that no engine explains. */
export type EngineName =
  | "docker"
  | "podman"
  | "libvirt"
  | "qemu"
  | "containerd"
  | "kubernetes"
  | "lxc"
  | "nspawn"
  | "buildkit"
  | "cgroup";

export type State =
  | "created"
  | "running"
  | "paused"
  | "restarting"
  | "stopping"
  | "stopped"
  | "dead"
  | "unknown";

/**
 * The cgroup directories of one instance: absolute paths, one a v1 controller, `unified` for v2.
 * Paths are latin1 strings: each character is one byte of the path (a cgroup's name need not be UTF-8).
 */
export type CgroupPaths = {
  readonly unified: string | null;
  readonly memory: string | null;
  readonly cpu: string | null;
  readonly cpuacct: string | null;
  readonly pids: string | null;
  readonly blkio: string | null;
};

/** Where an instance can be weighed. Never leaves the machine's side. */
export type Handle =
  /** `pid`: any process inside, for its network namespace; null where none is known. */
  | {
      readonly via: "cgroup";
      readonly paths: CgroupPaths;
      readonly pid: number | null;
      readonly container: string;
    }
  /** `ticks`: start time of /proc/PID/stat, so that a reused pid is never taken for this one. */
  | {
      readonly via: "process";
      readonly pid: number;
      readonly ticks: number;
      readonly paths: CgroupPaths | null;
    }
  /** Weighed by its engine's API; `key` is the engine's own id of it. */
  | { readonly via: "api"; readonly engine: EngineName; readonly endpoint: string; readonly key: string };

/** What an engine says an instance may use. `null` is no limit (or none told). */
export type ReportedLimits = {
  readonly memory: Bytes | null;
  readonly cpu: Cores | null;
  readonly pids: number | null;
};

/** What is known of how a VM is virtualized. */
export type Virtualization = {
  /** kvm, tcg, hvf, whpx, xen; null: not known. */
  readonly accelerator: string | null;
  /** true only where it was seen in use (an open kvm-vm descriptor, QMP), not merely asked for. */
  readonly acceleratorSeen: boolean;
  readonly machine: string | null;
  readonly vcpus: number | null;
  /** The guest's RAM: a ceiling, not what it takes. */
  readonly configured: Bytes | null;
};

/** A part of the kernel that counts and limits for a cgroup. */
export const controllers = ["memory", "cpu", "pids", "io"] as const;
export type Controller = (typeof controllers)[number];

/** What numbers do not say of the limits in force. Told when it changes, not with each sample. */
export type Bounds = {
  /** Path of the ancestor whose limit is in force, by limit; a limit that is its own, or none, is not in it. */
  readonly ancestors: { readonly [limit in "memory" | "swap" | "cpu" | "pids" | "read" | "write"]?: string };
  /** Controllers that do nothing for it: it has no limits and no counters of theirs, whatever its engine says. */
  readonly without: readonly Controller[];
};

/** What an engine claims. Two claims of one thing are merged by `merge.ts`. */
export type Claim = {
  readonly engine: EngineName;
  /** Whole id as on screen and in every output: `docker:<64 hex>`, `libvirt:<uuid>`, `qemu:<pid>`. */
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly state: State;
  /** Compose project, pod or the like. */
  readonly group: string | null;
  readonly image: string | null;
  readonly imageSize: Bytes | null;
  readonly createdAt: Millis | null;
  readonly startedAt: Millis | null;
  readonly restarts: number | null;
  readonly health: string | null;
  readonly reported: ReportedLimits;
  readonly virtualization: Virtualization | null;
  readonly handle: Handle | null;
  /** Other names of the same thing, for the merge: a VM's uuid, the pid of its process. */
  readonly uuid: string | null;
  readonly pid: number | null;
  /** false while the engine has told only that it exists: such a row says "no details yet". */
  readonly detailed: boolean;
};

/** One container or VM, as everything behind the census sees it. */
export type Instance = Omit<Claim, "handle" | "uuid" | "pid"> & {
  /** Row number in frames and recordings: given once by the census, never used again in one run. */
  readonly slot: number;
  /** How it is weighed; null: not at all (not running, or out of reach). */
  readonly weighed: Handle["via"] | null;
  /** null: its limits are not read from the kernel (an engine's API), or not yet. */
  readonly bounds: Bounds | null;
  /** The other engines that claimed it too. */
  readonly alsoSeenBy: readonly EngineName[];
};
