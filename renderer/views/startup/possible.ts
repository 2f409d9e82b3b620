import type { Instance, Kind } from "../../../shared/model/instance.ts";
import type { LabImage, LabPart, Probe, Subject, Wish } from "../../../shared/model/race.ts";
import { builtinProbes } from "../../../shared/race/builtin-probes.ts";
import type { Draft, ProbeKind } from "./draft.ts";

/** Why a probe can't be chosen; the catalogue has a line for each. */
export type ProbeBar = "noHealthcheck" | "neverExits" | "noHealthInGuest" | null;
/** Why nothing can be started yet. */
export type Bar = "noImage" | "nothingChosen" | "noPort" | "badPattern" | "noPattern" | "nothingRuns" | null;

/** What of a race can run here: `kinds` will, `cant` are those that the subject has but this computer lacks. */
export type Halves = { readonly kinds: readonly Kind[]; readonly cant: readonly Kind[] };

/** What the draft means; null: nothing is chosen. */
export function subjectOf(draft: Draft, images: readonly LabImage[]): Subject | null {
  if (draft.source === "builtin") return { kind: "builtin", name: draft.builtin };
  if (draft.source === "own") {
    if (draft.own?.kind !== "disk") return draft.own;
    return draft.path.trim() === "" ? null : { kind: "disk", path: draft.path.trim() };
  }
  const image = draft.image ?? images[0]?.name ?? null;
  return image === null ? null : { kind: "image", image };
}

/** The picked image as Docker has it; null: another subject, or one that Docker does not have. */
export const imageOf = (subject: Subject | null, images: readonly LabImage[]): LabImage | null =>
  subject?.kind === "image" ? (images.find(({ name }) => name === subject.image) ?? null) : null;

/** Boxes that a subject can be started in. */
export function kindsOf(subject: Subject | null): readonly Kind[] {
  if (subject?.kind === "container") return ["container"];
  if (subject?.kind === "domain" || subject?.kind === "disk") return ["vm"];
  return ["container", "vm"];
}

/** A domain is libvirt's to start: it needs nothing of the lab's own parts. */
const needs = (kind: Kind, subject: Subject | null): readonly LabPart["part"][] => {
  if (kind === "container") return ["docker"];
  if (subject?.kind === "domain") return [];
  if (subject?.kind === "disk") return ["qemu", "accelerator"];
  return subject?.kind === "image"
    ? ["docker", "qemu", "accelerator", "machine", "kernel", "helper"]
    : ["qemu", "accelerator", "machine", "kernel", "helper"];
};

/** What lacks for one kind; the first is the one to be mended first, since the others may hang on it. */
export const lacking = (kind: Kind, subject: Subject | null, parts: readonly LabPart[]): readonly LabPart[] =>
  needs(kind, subject).flatMap(
    (name) => parts.find(({ part, state }) => part === name && state === "missing") ?? [],
  );

/** Which halves of the race can run on this computer. Before the parts are known, all are taken to. */
export function halvesOf(subject: Subject | null, parts: readonly LabPart[] | null): Halves {
  const all = kindsOf(subject);
  const cant = parts === null ? [] : all.filter((kind) => lacking(kind, subject, parts).length > 0);
  return { kinds: all.filter((kind) => !cant.includes(kind)), cant };
}

/** Why each probe is not possible for this subject; null: it is. */
export function probeBars(
  subject: Subject | null,
  image: LabImage | null,
): { readonly [kind in ProbeKind]: ProbeBar } {
  const guest = subject?.kind === "domain" || subject?.kind === "disk";
  const healthless = image !== null && !image.health;
  return {
    port: null,
    line: null,
    exit: guest ? "neverExits" : null,
    health: guest ? "noHealthInGuest" : healthless || subject?.kind === "builtin" ? "noHealthcheck" : null,
  };
}

/** The probe that fits the subject where the user has chosen none, or an impossible one. */
export function probeKindOf(draft: Draft, subject: Subject | null, image: LabImage | null): ProbeKind {
  const bars = probeBars(subject, image);
  if (draft.probe !== null && bars[draft.probe] === null) return draft.probe;
  if (subject?.kind === "builtin") return builtinProbes[subject.name].kind;
  if (subject?.kind === "disk" || subject?.kind === "domain") return "line";
  if (image !== null && image.port === null) return image.health ? "health" : "exit";
  return "port";
}

/** The port looked for: the user's, else the image's. */
export function portOf(draft: Draft, subject: Subject | null, image: LabImage | null): number | null {
  if (draft.port !== null) return draft.port;
  return subject?.kind === "builtin" && subject.name === "web"
    ? builtinProbes.web.port
    : (image?.port ?? null);
}

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text).source !== "";
  } catch {
    return false;
  }
};

/** The wish that the draft stands for, or why it is none yet. `agreed` where the user was asked. */
export function wishOf(
  draft: Draft,
  images: readonly LabImage[],
  parts: readonly LabPart[] | null,
  agreed: boolean,
): { readonly wish: Wish; readonly bar: null } | { readonly wish: null; readonly bar: Exclude<Bar, null> } {
  const no = (bar: Exclude<Bar, null>) => ({ wish: null, bar });
  const subject = subjectOf(draft, images);
  if (subject === null) return no(draft.source === "image" ? "noImage" : "nothingChosen");
  const image = imageOf(subject, images);
  const { kinds } = halvesOf(subject, parts);
  if (kinds.length === 0) return no("nothingRuns");
  const kind = probeKindOf(draft, subject, image);
  const port = portOf(draft, subject, image);
  if (kind === "port" && port === null) return no("noPort");
  if (kind === "line" && draft.pattern === "") return no("noPattern");
  if (kind === "line" && !isPattern(draft.pattern)) return no("badPattern");
  const probe: Probe =
    kind === "port"
      ? { kind, port: port ?? 0 }
      : kind === "line"
        ? { kind, pattern: draft.pattern }
        : { kind };
  const { runs, warmup, memory, cpus, giveUp, keep, weigh } = draft;
  return {
    wish: { subject, probe, runs, warmup, kinds: [...kinds], memory, cpus, giveUp, weigh, keep, agreed },
    bar: null,
  };
}

/** The user's own: stopped containers and shut-off domains, which can be started, timed and stopped again. */
export function ownOf(
  instances: Iterable<Instance>,
): readonly { readonly instance: Instance; readonly subject: Subject & { kind: "container" | "domain" } }[] {
  const found = [];
  for (const instance of instances) {
    const { id, kind, engine, state } = instance;
    const off = state === "stopped" || state === "created";
    if (!off) continue;
    if (kind === "container" && engine === "docker")
      found.push({ instance, subject: { kind: "container" as const, id } });
    if (kind === "vm" && engine === "libvirt")
      found.push({ instance, subject: { kind: "domain" as const, id } });
  }
  return found;
}
