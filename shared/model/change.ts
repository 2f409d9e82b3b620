import * as z from "zod/mini";
import type { Basis } from "./finding.ts";
import type { Bytes, Millis } from "./units.ts";

/** What a limit that can be changed is of. `vmMemory`: the RAM that a VM has now (its balloon). */
export const resources = ["memory", "cpu", "pids", "vmMemory", "vmCpu"] as const;
export type Resource = (typeof resources)[number];

/** A limit that would mend a finding: bytes, cores or processes. */
export type Proposal = {
  readonly resource: Resource;
  /** The limit now; null: none. */
  readonly from: number | null;
  readonly to: number;
  readonly basis: Basis;
};

/** Where a limit can be set: the engine's command, or the file that it was made from. */
export type Target = "docker" | "podman" | "libvirt" | "compose" | "kubernetes";

/** A line of a difference. Text is from outside: shown as text. */
export type DiffLine = {
  readonly kind: "same" | "removed" | "added";
  /** Line number in the file; null: not of a file. */
  readonly line: number | null;
  readonly text: string;
};

/** One way to set a proposed limit. */
export type Mend = {
  readonly target: Target;
  /** true: the limit in force now, lost when it is made anew; false: the file that it is made from. */
  readonly now: boolean;
  /** The command or the lines to copy. */
  readonly text: string;
  /** The file it changes, and how; null: it is a command, or the lines are for a file that Tare does not see. */
  readonly file: { readonly path: string; readonly diff: readonly DiffLine[] } | null;
  /** Tare can apply it by itself. */
  readonly appliable: boolean;
  /** Why it can't be used as it stands; null: it can. */
  readonly trouble: ChangeTrouble | null;
};

export type ChangeTroubleCode =
  | "off" // changes are not turned on
  | "replay" // a recording can't be changed
  | "gone" // the instance is no more
  | "replaced" // another instance of that name took its place
  | "changed" // its limits were changed since it was prepared
  | "expired" // prepared too long ago
  | "below-use" // the new limit is below present use x 1.1
  | "name" // the typed name is not its name
  | "declined" // the user said no
  | "refused" // the engine or the kernel refused the value
  | "unanswered" // the engine's reply was lost; what is in force was read back
  | "file-gone" // the compose file is not there
  | "file-read-only"
  | "file-not-yaml"
  | "file-changed" // since it was prepared
  | "file-unclear" // the value comes from where Tare can't write it (a variable, an anchor used by others, several files)
  | "journal" // nothing was changed: it could not be noted
  | "unsupported" // this engine or this kind of instance has no such limit
  | "failed";

export type ChangeTrouble = {
  readonly code: ChangeTroubleCode;
  readonly where: string;
  /** The foreign message, as text. */
  readonly cause: string | null;
};

/** What a page asks to have prepared. */
export const changeSchema = z.strictObject({
  instance: z.string().check(z.maxLength(512)),
  resource: z.enum(resources),
  to: z.number().check(z.positive()),
  /** The limit in force now. */
  now: z.boolean(),
  /** The compose file. */
  file: z.boolean(),
});
export type ChangeWish = z.infer<typeof changeSchema>;

/** A change that is ready to be confirmed. Good for a minute, and only while nothing moved. */
export type Prepared = {
  readonly nonce: string;
  readonly until: Millis;
  readonly instance: string;
  readonly name: string;
  readonly resource: Resource;
  readonly from: number | null;
  readonly to: number;
  /** Present use of it, read now: memory in the cgroup, cores, processes; null: unknown. */
  readonly use: number | null;
  /** Of memory: what only the workload can give back, and what the kernel can take back. */
  readonly parts: { readonly own: Bytes; readonly kernel: Bytes; readonly cache: Bytes } | null;
  /** Below it the name must be typed; null: nothing makes it dangerous. */
  readonly floor: number | null;
  readonly dangerous: boolean;
  /** The name must be typed: it is dangerous, or this door has no dialog of its own. */
  readonly needsName: boolean;
  /** The commands and differences that will be applied. */
  readonly steps: readonly Mend[];
  /** Of the engine's own words for the limit, before and after. */
  readonly inspect: readonly DiffLine[];
};

/** unknown: Tare ended between the word and the deed, and what is in force could not be read. */
export type ChangeState = "applied" | "failed" | "undone" | "unknown";

/** One change, as the journal keeps it. */
export type Change = {
  readonly id: number;
  readonly at: Millis;
  readonly instance: string;
  readonly name: string;
  readonly resource: Resource;
  readonly from: number | null;
  readonly to: number;
  /** What was in force when it was read back; null: not read. */
  readonly readBack: number | null;
  readonly file: string | null;
  readonly state: ChangeState;
  readonly undoable: boolean;
  readonly trouble: ChangeTrouble | null;
};
