import * as z from "zod/mini";
import type { Kind } from "./instance.ts";
import type { Bytes, Millis } from "./units.ts";

/** When a workload counts as ready. Looked at from inside, the same for both kinds: never a connect from the host. */
const probe = z.discriminatedUnion("kind", [
  /** Something listens on this TCP port, on any address. */
  z.strictObject({ kind: z.literal("port"), port: z.int().check(z.minimum(1), z.maximum(65_535)) }),
  /** A line of its output matches this regular expression. */
  z.strictObject({
    kind: z.literal("line"),
    pattern: z.string().check(z.minLength(1), z.maxLength(256)),
  }),
  /** It exits with 0. */
  z.strictObject({ kind: z.literal("exit") }),
  /** The image's own HEALTHCHECK passes. */
  z.strictObject({ kind: z.literal("health") }),
]);

const text = z.string().check(z.minLength(1), z.maxLength(512));

/** What is raced or timed. */
const subject = z.discriminatedUnion("kind", [
  /** An image that Docker has, by name or id: as a container, as a VM, or both. */
  z.strictObject({ kind: z.literal("image"), image: text }),
  /** A workload made from what is on the machine: `true`, a web server, a second of work. */
  z.strictObject({ kind: z.literal("builtin"), name: z.enum(["true", "web", "work"]) }),
  /** A stopped container of the user's, started and stopped again: its instance id. */
  z.strictObject({ kind: z.literal("container"), id: text }),
  /** A shut-off domain of the user's, started and shut off again: its instance id. */
  z.strictObject({ kind: z.literal("domain"), id: text }),
  /** A full-size guest from a qcow2 or raw image, on a snapshot: the file itself is never written. */
  z.strictObject({ kind: z.literal("disk"), path: z.string().check(z.minLength(1), z.maxLength(4_096)) }),
]);

/** What the user asks for: the same for the page's button and for `tare race`. */
export const wishSchema = z.strictObject({
  subject,
  probe,
  /** Counted runs of each kind. */
  runs: z.int().check(z.minimum(1), z.maximum(100)),
  /** Runs of each kind before them, kept apart and never in the statistics: the cold ones. */
  warmup: z.int().check(z.minimum(0), z.maximum(5)),
  kinds: z.array(z.enum(["container", "vm"])).check(z.minLength(1), z.maxLength(2)),
  /** The container's limit and the VM's size. */
  memory: z.int().check(z.minimum(32 << 20), z.maximum(2 ** 40)),
  cpus: z.number().check(z.minimum(0.1), z.maximum(64)),
  /** A trial that is not ready by then has failed. */
  giveUp: z.int().check(z.minimum(1_000), z.maximum(600_000)),
  /** Weighs both when they are ready. */
  weigh: z.boolean(),
  /** Leaves the last of each running, side by side, until it is stopped or Tare ends. */
  keep: z.boolean(),
  /** The user was asked and agreed: needed for what is the user's own. */
  agreed: z.boolean(),
});

export type Wish = z.infer<typeof wishSchema>;
export type Probe = z.infer<typeof probe>;
export type Subject = z.infer<typeof subject>;

/**
 * Moments of a trial in ms since the request, in the order in which they come; what was not seen is left out.
 * Container: created, netns (network namespace of its own), exec (first process is the workload), startedAt (Docker's word).
 * VM: spawned (QEMU runs), firmware (its last byte), kernel (first line), init (ours runs), exec. Both end with ready.
 */
export type Moments = {
  readonly [name in
    | "created"
    | "netns"
    | "startedAt"
    | "spawned"
    | "firmware"
    | "kernel"
    | "init"
    | "exec"
    | "ready"]?: Millis;
};

/** What was weighed at the moment of being ready. Parts of the VM's tare that come from how it was booted are named. */
export type TrialMemory = {
  readonly gross: Bytes | null;
  readonly net: Bytes | null;
  readonly cache: Bytes | null;
  readonly tare: Bytes | null;
  readonly other: Bytes | null;
  /** The initramfs' copy of the image's files in the guest's memory; null for a container. */
  readonly imageCopy: Bytes | null;
  /** TCG's cache of translated code, in the resident set; null where the hardware runs the guest. */
  readonly translated: Bytes | null;
};

/** Why a lab can't go on, or a trial failed; words/ has a line with a mend for each. */
export type LabTroubleCode =
  | "no-docker" // no daemon answers, or none that we may ask
  | "no-image" // Docker has no such image
  | "no-healthcheck" // the image has none
  | "no-command" // the image names nothing to run
  | "other-architecture" // an image for another processor
  | "image-too-large" // for the guest's memory
  | "file-too-large" // a file of 4 GiB and more can't be in an initramfs
  | "hostile-image" // its archive is not what an archive should be
  | "no-qemu"
  | "no-kernel" // none found
  | "kernel-unreadable" // there, but not for this user
  | "kernel-unusable" // not a kernel that we can boot
  | "no-helper" // no static busybox for the guest
  | "no-accelerator" // not even TCG boots the test firmware
  | "not-ready" // the probe never succeeded in time
  | "exited" // the workload, or its box, ended before it was ready
  | "failed-to-start"
  | "no-room" // disk full
  | "not-agreed" // the user's own instance, and the user was not asked
  | "running" // the user's own instance runs: only what is stopped can be timed
  | "busy" // another race is on
  | "stopped" // by the user
  | "failed"; // anything else, with its cause

export type LabTrouble = {
  readonly code: LabTroubleCode;
  /** Path, image or program that it is about. */
  readonly where: string;
  /** The foreign message, shown as text. */
  readonly cause: string | null;
  /** The last lines that the workload or the guest printed; empty: none. */
  readonly output: readonly string[];
};

/** One measured start. `ready` stands in `moments`; a failed trial has no `ready`, and says why. */
export type Trial = {
  readonly kind: Kind;
  /** A run before the counted ones: shown apart, never in the statistics. */
  readonly cold: boolean;
  readonly at: Millis;
  readonly moments: Moments;
  readonly memory: TrialMemory | null;
  readonly trouble: LabTrouble | null;
};

/** Who ran where: stands with every result. `null`: not known, or not used. */
export type Environment = {
  readonly cpu: string;
  readonly threads: number;
  readonly os: string;
  readonly docker: string | null;
  readonly storage: string | null;
  readonly cgroup: string | null;
  readonly qemu: string | null;
  readonly accelerator: string | null;
  /** Accelerators that were tried before and are not used, with the reason in one foreign line. */
  readonly refused: readonly { readonly accelerator: string; readonly why: string }[];
  readonly machine: string | null;
  readonly kernel: string | null;
  /** direct: a kernel and the image as initramfs; disk: firmware, boot loader, a whole system; null: no VM. */
  readonly boot: "direct" | "disk" | "domain" | null;
  /** What a trial that does nothing takes: the lab's own part of every figure. */
  readonly overhead: Millis | null;
};

export type RaceState = "preparing" | "racing" | "done" | "stopped" | "failed";

export type Race = {
  readonly id: string;
  readonly at: Millis;
  readonly wish: Wish;
  /** What a container or domain of the user's was called then; null: the wish names what was raced. */
  readonly name: string | null;
  /** Seed of the order and of the intervals, so that both can be made again. */
  readonly seed: number;
  readonly image: { readonly name: string; readonly digest: string; readonly bytes: Bytes } | null;
  /** The runs in their shuffled order, as planned; trials[i] is the run of order[i]. */
  readonly order: readonly { readonly kind: Kind; readonly cold: boolean }[];
  readonly trials: readonly Trial[];
  readonly state: RaceState;
  /** Why it failed, or what one half of it can't do (the other still ran). */
  readonly troubles: readonly LabTrouble[];
  readonly environment: Environment;
  /** How many instances ran when it began: for start time against how many run. */
  readonly beside: number | null;
  /** Instance ids of the pair that is left running; empty: none. */
  readonly pair: readonly string[];
};

/** A race in the making: what it does now, and about how long it still takes. */
export type RaceNews = {
  readonly race: Race;
  /** Raised with each change. */
  readonly revision: number;
  readonly doing: { readonly kind: Kind; readonly moment: keyof Moments | null } | null;
  readonly left: Millis | null;
};

/** One line of what this computer can race with. */
export type LabPart = {
  readonly part: "docker" | "qemu" | "accelerator" | "machine" | "kernel" | "helper";
  /** missing: can't go without; untried: depends on one that is missing. */
  readonly state: "ready" | "missing" | "untried";
  /** Version, name or path; null: none. */
  readonly value: string | null;
  /** What is behind it: time of the self-test in ms, where it was found. */
  readonly note: string | null;
  readonly trouble: LabTrouble | null;
};

/** An image that can be raced, as the picker shows it. */
export type LabImage = {
  readonly name: string;
  readonly digest: string;
  readonly bytes: Bytes;
  /** The least TCP port that it exposes; null: none. */
  readonly port: number | null;
  readonly health: boolean;
  /** As a VM: its initramfs is kept already. */
  readonly prepared: boolean;
};
