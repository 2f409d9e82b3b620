import type { Millis } from "./units.ts";

export type EventKind =
  | "started"
  | "stopped"
  | "died" // with exit code
  | "oom-kill"
  | "paused"
  | "resumed"
  | "renamed"
  | "limits-changed"
  | "restarted"
  | "found" // seen without having heard of its start
  | "engine-lost"
  | "engine-back";

/** Something that happened, for the event rail, the log and recordings. */
export type Event = {
  readonly at: Millis;
  readonly kind: EventKind;
  /** Instance id; null: it concerns an engine or the host. */
  readonly instance: string | null;
  /** Foreign or numeric detail, shown as text: "137", "160 MiB -> 192 MiB", an engine's name. */
  readonly detail: string | null;
};
