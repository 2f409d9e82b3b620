import type { FigureName } from "../../shared/figures.ts";
import type { Tick } from "../../shared/model/tick.ts";
import type { Bytes, Millis } from "../../shared/model/units.ts";
import type { Reply, Series } from "../../shared/wire/calls.ts";
import { type InstanceRecord, instanceRecord } from "./record.ts";
import { recentOf, seriesOf } from "./series-of.ts";

export type History = {
  take(tick: Tick): void;
  /** Empty where nothing is kept of `id`. */
  series(id: string, from: Millis, figures: readonly FigureName[]): Series;
  /** Cores and gross of every instance that exists, the last `points` seconds. */
  recent(points: number): Reply<"recent">;
};

const hour: Millis = 3_600_000;
const tenMinutes: Millis = 600_000;
/** How often it is looked for what has become too old. */
const sweepEvery: Millis = 10_000;
/** All that those who went may take together: 60,000 containers that live a second each must not fill the memory. */
const roomForGone: Bytes = 16e6;

/**
 * The last hour of every instance, in memory that is bounded: 148 KB for an instance that was there for the whole of it,
 * so 44 MB for 300. Who went is kept until its last row is an hour old, or until those who went later need the room.
 */
export function history(): History {
  const records = new Map<string, InstanceRecord>();
  const present = new Set<string>();
  /** Who went, in that order. */
  const gone = new Set<string>();
  let now: Millis = 0;
  let swept: Millis = 0;

  const forget = (id: string) => {
    records.delete(id);
    gone.delete(id);
  };

  const sweep = () => {
    for (const [id, record] of records) {
      if (now - record.last > hour) forget(id);
      else if (now - record.last > tenMinutes) record.coarsen();
    }
    let size = 0;
    for (const id of [...gone].reverse()) {
      size += records.get(id)?.size ?? 0;
      if (size > roomForGone) forget(id);
    }
  };

  return {
    take(tick) {
      now = tick.at;
      for (const { id } of tick.came) {
        present.add(id);
        gone.delete(id);
      }
      for (const [id, sample] of tick.samples) {
        let record = records.get(id);
        if (!record) {
          record = instanceRecord();
          records.set(id, record);
        }
        record.add(tick.at, sample);
      }
      for (const id of tick.went) {
        present.delete(id);
        if (records.has(id)) gone.add(id);
      }
      // Before too: the clock was set back.
      if (now - swept < sweepEvery && now >= swept) return;
      swept = now;
      sweep();
    },
    series(id, from, figures) {
      const record = records.get(id);
      return record ? seriesOf(record, from, figures) : { at: [], step: [], figures: {}, min: {}, max: {} };
    },
    recent(points) {
      const all: [string, Reply<"recent">[string]][] = [];
      for (const id of present) {
        const record = records.get(id);
        if (!record) continue;
        const of = (figure: FigureName) => recentOf(record, figure, points, now);
        all.push([id, { cores: of("cores"), gross: of("gross") }]);
      }
      return Object.fromEntries(all);
    },
  };
}
