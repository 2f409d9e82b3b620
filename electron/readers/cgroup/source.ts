import type { MemoryReading } from "../../../shared/model/reading.ts";
import { type HeldFile, lengthOf, letGo, shared } from "../../machine/held-file.ts";
import { parseNumber } from "./parse.ts";

/** One controller's files of one cgroup, held. `read` throws ENODEV when the cgroup is no more. */
export type Source<Value> = {
  /** `due`: read all of it, also what is otherwise taken from the last time. */
  read(due: boolean): Value | null;
  close(): void;
};

export type MemoryEvents = {
  readonly oomKills: number | null;
  readonly limitHits: number | null;
  readonly highHits: number | null;
};
export type MemorySource = Source<MemoryReading> & { readonly events: MemoryEvents };

/** What differs between the two versions of the memory controller. */
type Version = {
  parts(): Omit<MemoryReading, "charged" | "peak">;
  events(): MemoryEvents;
  close(): void;
};

/** NaN, the absence of a key, becomes null. */
export const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/**
 * Pages that were read again soon after they were taken back, from the three keys at `first`: of programs' memory and of
 * files since Linux 5.9, before that one key for both. null: not counted here.
 */
export function refaultsOf(stat: Float64Array, first: number): number | null {
  const [anon = Number.NaN, file = Number.NaN, both = Number.NaN] = stat.subarray(first, first + 3);
  return orNull(Number.isNaN(file) ? both : file + (anon || 0));
}

/**
 * The memory controller of either version. memory.stat is half of what a container costs, so it is read when the
 * charge has changed since, and when it is due; between, the same object is handed out: its parts are of one moment.
 * The peak is read only when due; until then it is at least what is charged.
 */
export function memorySource(
  charge: HeldFile | null,
  peakFile: HeldFile | null,
  version: Version,
): MemorySource | null {
  const close = () => {
    letGo(charge);
    letGo(peakFile);
    version.close();
  };
  if (charge === null) {
    close();
    return null;
  }
  let last: MemoryReading | null = null;
  let peak: number | null = null;
  let events: MemoryEvents = { oomKills: null, limitHits: null, highHits: null };
  return {
    get events() {
      return events;
    },
    read(due) {
      const length = lengthOf(charge);
      const charged = length < 0 ? null : parseNumber(shared, length);
      if (charged === null) return null;
      if (!due && last?.charged === charged) return last;
      if (due) {
        const peakLength = lengthOf(peakFile);
        peak = peakLength < 0 ? null : parseNumber(shared, peakLength);
      }
      last = { charged, ...version.parts(), peak: peak === null ? null : Math.max(peak, charged) };
      events = version.events();
      return last;
    },
    close,
  };
}
