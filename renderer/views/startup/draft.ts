import { create } from "zustand";
import type { Probe, Subject, Wish } from "../../../shared/model/race.ts";
import type { Bytes, Cores, Millis } from "../../../shared/model/units.ts";

export type Source = "image" | "builtin" | "own";
export type ProbeKind = Probe["kind"];

/** What the user has chosen before a race. It outlives the screen, not the page. */
export type Draft = {
  readonly source: Source;
  /** By name; null: none chosen, the first of the list stands. */
  readonly image: string | null;
  readonly builtin: (Subject & { kind: "builtin" })["name"];
  /** A container or a domain of the user's, or a disk image; null: none chosen. */
  readonly own: Extract<Subject, { kind: "container" | "domain" | "disk" }> | null;
  readonly path: string;
  readonly filter: string;
  /** null: what fits the subject. */
  readonly probe: ProbeKind | null;
  /** null: the one that the image exposes. */
  readonly port: number | null;
  readonly pattern: string;
  readonly runs: number;
  readonly warmup: number;
  readonly memory: Bytes;
  readonly cpus: Cores;
  readonly giveUp: Millis;
  readonly keep: boolean;
  readonly weigh: boolean;
};

const mib = 1024 * 1024;

export const firstDraft: Draft = {
  source: "image",
  image: null,
  builtin: "true",
  own: null,
  path: "",
  filter: "",
  probe: null,
  port: null,
  pattern: "",
  runs: 10,
  warmup: 1,
  memory: 256 * mib,
  cpus: 1,
  giveUp: 60_000,
  keep: false,
  weigh: true,
};

export const useDraft = create<Draft>()(() => firstDraft);

/** Changes some of the choices. */
export const draw = (change: Partial<Draft>): void => {
  useDraft.setState(change);
};

/** The choices that would make this wish again. */
export function draftOf(wish: Wish): Partial<Draft> {
  const { subject, probe, runs, warmup, memory, cpus, giveUp, keep, weigh } = wish;
  const what: Partial<Draft> =
    subject.kind === "image"
      ? { source: "image", image: subject.image }
      : subject.kind === "builtin"
        ? { source: "builtin", builtin: subject.name }
        : { source: "own", own: subject, path: subject.kind === "disk" ? subject.path : "" };
  return {
    ...what,
    filter: "",
    probe: probe.kind,
    port: probe.kind === "port" ? probe.port : null,
    pattern: probe.kind === "line" ? probe.pattern : "",
    runs,
    warmup,
    memory,
    cpus,
    giveUp,
    keep,
    weigh,
  };
}
