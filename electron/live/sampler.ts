import { figureNames, type Sample } from "../../shared/figures.ts";
import { derive } from "../../shared/measure/derive.ts";
import { standing } from "../../shared/measure/standing.ts";
import type { Detail } from "../../shared/model/detail.ts";
import type { HostFacts } from "../../shared/model/host.ts";
import type { Bounds, Handle, Instance, ReportedLimits } from "../../shared/model/instance.ts";
import type { Reading, Told } from "../../shared/model/reading.ts";
import type { Nanos } from "../../shared/model/units.ts";
import type { Clock } from "../machine/clock.ts";
import type { Reader } from "../readers/reader.ts";
import type { Census } from "./census.ts";

/** No slice of reading blocks the loop for longer: sockets and engines get their turn between two. */
const longestSlice: Nanos = 2e6;

export type Sampler = {
  /** Weighs everything that runs, in slices; gives the samples by instance id. */
  weigh(): Promise<ReadonlyMap<string, Sample>>;
  detail(id: string): Promise<Detail | null>;
  close(): void;
};

type Weighed = {
  handle: Handle;
  readonly reader: Reader;
  before: Reading | null;
  /** The reading before `before`: the kernel counts pressure in steps of two seconds. */
  earlier: Reading | null;
  /** What the last reading came to. */
  sample: Sample | null;
  /** The instance as it was then, and whether three readings in a row had told the same. */
  as: Instance | null;
  stood: boolean;
  /** What the census was told of its limits, and what its engine said of them then. */
  bounds: Bounds | null;
  reported: ReportedLimits;
  gone: boolean;
};

/** Reads every running instance through its handle, and derives samples from two readings and the measured interval. */
export function sampler(
  census: Census,
  open: (handle: Handle) => Reader,
  host: HostFacts,
  period: Nanos,
  clock: Clock,
): Sampler {
  const weighed = new Map<string, Weighed>();

  const drop = (id: string) => {
    weighed.get(id)?.reader.close();
    weighed.delete(id);
  };

  /** The open reader of an instance; null where it can't be weighed. */
  const readerOf = (id: string): Weighed | null => {
    const handle = census.handle(id);
    const known = weighed.get(id);
    if (known && (known.handle === handle || same(known.handle, handle))) {
      // The census hands out a new object at each recount: compared once, not each second.
      if (handle) known.handle = handle;
      return known.gone ? null : known;
    }
    drop(id);
    if (!handle) return null;
    try {
      const fresh = {
        ...{ handle, reader: open(handle), before: null, earlier: null, bounds: null, gone: false },
        ...{ sample: null, as: null, stood: false },
        reported: census.instances.get(id)?.reported ?? none,
      };
      weighed.set(id, fresh);
      return fresh;
    } catch {
      // Ended between the claim and now, or not ours to read: its row stays, without figures.
      return null;
    }
  };

  const derived = ({ before, earlier }: Weighed, instance: Instance, reading: Reading) =>
    derive(before, reading, {
      kind: instance.kind,
      reported: instance.reported,
      configured: instance.virtualization?.configured ?? null,
      vcpus: instance.virtualization?.vcpus ?? null,
      host: { memory: host.memory, threads: host.threads },
      period,
      earlier,
    });

  const sampleOf = (instance: Instance): Sample | null => {
    const one = readerOf(instance.id);
    if (one) heed(one, instance.reported);
    const read = one ? readSafely(one.reader) : null;
    if (!one || read === null) return null;
    if (read === "gone") {
      one.reader.close();
      weighed.set(instance.id, { ...one, gone: true });
      return null;
    }
    const reading = overlay(read, census.told(instance.id));
    const stands = one.as === instance && standing(one.earlier, one.before, reading, period);
    // Before, it stood as well: what was derived then is what would be derived now.
    if (!stands || !one.stood) one.sample = unlessSame(one.sample, derived(one, instance, reading));
    one.stood = stands;
    one.as = instance;
    const bounds = one.reader.bounds();
    if (bounds !== null && bounds !== one.bounds) census.bound(instance.id, bounds);
    one.bounds = bounds;
    one.earlier = one.before;
    one.before = reading;
    return one.sample;
  };

  return {
    async weigh() {
      const samples = new Map<string, Sample>();
      let sliceBegan = clock.monotonic();
      for (const instance of census.instances.values()) {
        if (!running(instance)) {
          drop(instance.id);
          continue;
        }
        const sample = sampleOf(instance);
        if (sample) samples.set(instance.id, sample);
        if (clock.monotonic() - sliceBegan > longestSlice) {
          await new Promise((next) => setImmediate(next));
          sliceBegan = clock.monotonic();
        }
      }
      for (const id of weighed.keys()) if (!census.instances.has(id)) drop(id);
      return samples;
    },
    async detail(id) {
      const one = readerOf(id);
      return one ? one.reader.describe() : null;
    },
    close() {
      for (const id of [...weighed.keys()]) drop(id);
    },
  };
}

/** The sample before while no figure is another one: who is handed the same object has nothing to do (shared/model/tick.ts). */
function unlessSame(before: Sample | null, after: Sample): Sample {
  if (before === null) return after;
  for (const name of figureNames) if (before[name] !== after[name]) return after;
  return before;
}

/** A file that fails in an unforeseen way costs this instance its figures, nobody else theirs. */
function readSafely(reader: Reader): Reading | null | "gone" {
  try {
    return reader.read();
  } catch {
    return "gone";
  }
}

const none: ReportedLimits = { memory: null, cpu: null, pids: null };

/** Where an engine says that the limits are others, the kernel's are looked up now, not when their turn comes. */
function heed(one: Weighed, reported: ReportedLimits): void {
  const before = one.reported;
  if (before === reported) return;
  one.reported = reported;
  if (before.memory !== reported.memory || before.cpu !== reported.cpu || before.pids !== reported.pids)
    one.reader.lookAgain();
}

const running = ({ state }: Instance) =>
  state === "running" || state === "paused" || state === "stopping" || state === "unknown";

const same = (a: Handle, b: Handle | null) => JSON.stringify(a) === JSON.stringify(b);

/** The reader's reading, its unknowns filled with what the engine told. */
function overlay(reading: Reading, told: Told | null): Reading {
  if (!told) return reading;
  const filled: Record<string, unknown> = { ...reading };
  for (const [key, value] of Object.entries(told)) filled[key] ??= value;
  return filled as Reading;
}
