import type { Sample } from "../figures.ts";
import type { Instance, Kind } from "../model/instance.ts";
import type { Race } from "../model/race.ts";
import type { Bytes, Millis } from "../model/units.ts";
import { imageName } from "./image-name.ts";
import { type Summary, summaryOf } from "./summary.ts";

/** How soon something was ready when it was raced last. */
export type Ready = {
  readonly median: Millis;
  readonly p95: Millis;
  readonly runs: number;
  readonly at: Millis;
  /** What ran the guest; null for a container. */
  readonly accelerator: string | null;
};

/** The VM of the newest race of an image that was weighed: it stands on Scale where no VM runs. */
export type RacedVm = {
  readonly race: string;
  readonly image: string;
  readonly imageSize: Bytes;
  readonly at: Millis;
  readonly gross: Bytes;
  /** What the box alone weighs; null: the same image was not weighed as a container. */
  readonly tare: Bytes | null;
  /** The guest's size. */
  readonly size: Bytes;
  readonly ready: Ready | null;
  readonly runs: number;
  readonly accelerator: string | null;
  readonly boot: Race["environment"]["boot"];
};

/** What is known of an instance besides what is weighed: all that races give back to Scale. */
export type GivenBack = {
  ready(instance: Who): Ready | null;
  /** A VM's figures with what races know of its net and its tare; all others' as they are. */
  complete(instance: Who, sample: Sample): Sample;
  readonly vm: RacedVm | null;
  /** The pair that runs on after its race; null: none does, as far as races say. */
  readonly pair: {
    readonly race: string;
    readonly image: string | null;
    readonly ids: ReadonlySet<string>;
  } | null;
};

/**
 * Where a VM's figures come from that were not weighed: "race": its net was measured as a container, its tare is the rest;
 * "estimate": its tare is the weight of an idle guest of its kind; null: all were weighed.
 */
export type Borrowed = "race" | "estimate" | null;

/** Tells so by a sample before and after `complete`. */
export const borrowed = (weighed: Sample | null, completed: Sample | null): Borrowed =>
  completed === weighed || completed === null ? null : completed.net === null ? "estimate" : "race";

type Who = Pick<Instance, "id" | "kind" | "image" | "virtualization">;

/**
 * Reads races, the newest first, for what they tell of the instances that run now (docs/measuring.md#vm-memory). The newest
 * race that says anything counts; one that was stopped counts as far as it came.
 */
export function givenBack(races: readonly Race[]): GivenBack {
  const told = races.map((race) => ({ race, summary: summaryOf(race) }));
  const byId = new Map<string, (typeof told)[number]>();
  const byImage = new Map<string, Ready>();
  for (const one of told) {
    const { race, summary } = one;
    const { subject } = race.wish;
    const own = subject.kind === "container" || subject.kind === "domain" ? [subject.id] : [];
    for (const id of [...race.pair, ...own]) if (!byId.has(id)) byId.set(id, one);
    // Somebody's own, and a made one, are no runs of an image as such.
    if (race.image === null || subject.kind !== "image") continue;
    for (const kind of ["container", "vm"] as const) {
      const key = `${kind} ${imageName(race.image.name)}`;
      const ready = readyOf(race, summary, kind);
      if (ready !== null && !byImage.has(key)) byImage.set(key, ready);
    }
  }
  const kept = told.find(({ race }) => race.pair.length > 0)?.race ?? null;

  /** What an idle guest of this kind weighs: this very domain's, else the newest whole system's on the same accelerator. */
  const idle = ({ id, virtualization }: Who): Bytes | null => {
    const its = byId.get(id);
    if (its?.race.wish.subject.kind === "domain") return its.summary.halves.vm.memory?.gross ?? null;
    const accelerator = virtualization?.accelerator ?? null;
    const like = told.find(
      ({ race: { environment }, summary }) =>
        (environment.boot === "disk" || environment.boot === "domain") &&
        accelerator !== null &&
        environment.accelerator === accelerator &&
        summary.halves.vm.memory?.gross != null,
    );
    return like?.summary.halves.vm.memory?.gross ?? null;
  };

  return {
    ready({ id, kind, image }) {
      const its = byId.get(id);
      const own = its ? readyOf(its.race, its.summary, kind) : null;
      return own ?? (image === null ? null : (byImage.get(`${kind} ${imageName(image)}`) ?? null));
    },
    complete(instance, sample) {
      const { gross } = sample;
      if (instance.kind !== "vm" || gross === null || sample.net !== null || sample.tare !== null)
        return sample;
      const its = byId.get(instance.id);
      const net = its?.race.pair.includes(instance.id) ? (its.summary.halves.vm.memory?.net ?? null) : null;
      if (net !== null && net <= gross) return { ...sample, net, tare: gross - net };
      const tare = idle(instance);
      // A guest below the weight of an empty one is not of its kind.
      return tare === null || tare > gross ? sample : { ...sample, tare };
    },
    vm: told.map(racedVm).find((vm) => vm !== null) ?? null,
    pair: kept && { race: kept.id, image: kept.image?.name ?? null, ids: new Set(kept.pair) },
  };
}

function readyOf(race: Race, { halves }: Summary, kind: Kind): Ready | null {
  const { median, p95, runs } = halves[kind];
  return median === null || p95 === null
    ? null
    : { median, p95, runs, at: race.at, accelerator: kind === "vm" ? race.environment.accelerator : null };
}

function racedVm({ race, summary }: { readonly race: Race; readonly summary: Summary }): RacedVm | null {
  const { memory, runs } = summary.halves.vm;
  if (race.image === null || !memory || memory.gross === null) return null;
  const { accelerator, boot } = race.environment;
  return {
    race: race.id,
    image: race.image.name,
    imageSize: race.image.bytes,
    at: race.at,
    gross: memory.gross,
    tare: memory.net === null ? null : memory.tare,
    size: race.wish.memory,
    ready: readyOf(race, summary, "vm"),
    runs,
    accelerator,
    boot,
  };
}
