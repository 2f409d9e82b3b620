import type { Sample } from "../../shared/figures.ts";
import type { Event } from "../../shared/model/event.ts";
import type { Millis } from "../../shared/model/units.ts";

/** A kill of the kernel's log, of an instance. */
export type NamedKill = { readonly instance: string; readonly name: string };

export type Kills = {
  /**
   * Makes one event of each kill from all that tells of it in one step: the kernel's log with a name, the cgroup's counter,
   * the engine's own event. The other events pass through.
   */
  settle(step: {
    readonly at: Millis;
    readonly events: readonly Event[];
    readonly samples: ReadonlyMap<string, Sample>;
    readonly log: readonly NamedKill[];
    readonly went: readonly string[];
    /** When an instance was started; null: not known. */
    startedAt(id: string): Millis | null;
  }): readonly Event[];
};

/** The counter is read so long after a kill at the latest: an idle cgroup's is not read each second. */
const counted: Millis = 30_000;
/** An engine's event that is so near to a kill that was told is of that one. */
const near: Millis = 10_000;
/** An instance that is weighed so soon after its start has a counter of its own from 0. */
const justStarted: Millis = 5_000;

type Told = {
  count: number | null;
  /** Kills that were told before the counter said so. */
  ahead: Millis[];
  /** When the log or the counter told the last one. */
  last: Millis;
  /** Engine's events that wait one step for the log and the counter, which know more. */
  waiting: readonly Event[];
};

/** Counts kills by instance, so that none is told twice and none is lost. */
export function kills(): Kills {
  const told = new Map<string, Told>();
  const waiting = new Set<string>();
  const gone = new Set<string>();
  const of = (id: string): Told => {
    const known = told.get(id) ?? { count: null, ahead: [], last: Number.NEGATIVE_INFINITY, waiting: [] };
    told.set(id, known);
    return known;
  };

  /** How many kills a counter tells that nobody told before. */
  const untoldBy = (one: Told, count: number, at: Millis, fresh: boolean): number => {
    const before = one.count ?? (fresh ? 0 : count);
    one.count = count;
    let more = count >= before ? count - before : count;
    one.ahead = one.ahead.filter((moment) => at - moment < counted);
    while (more > 0 && one.ahead.shift() !== undefined) more--;
    return more;
  };

  return {
    settle({ at, events, samples, log, went, startedAt }) {
      const out: Event[] = events.filter(({ kind, instance }) => kind !== "oom-kill" || instance === null);
      const tell = (instance: string, moment: Millis, detail: string | null) =>
        out.push({ at: moment, kind: "oom-kill", instance, detail });
      const waited = [...waiting].flatMap((id) =>
        of(id).waiting.map((event) => ({ id, one: of(id), event })),
      );

      for (const { instance, name } of log) {
        const one = of(instance);
        one.ahead.push(at);
        one.last = at;
        tell(instance, at, name);
      }
      for (const [id, { oomKills }] of samples) {
        if (oomKills === null || told.get(id)?.count === oomKills) continue;
        const one = of(id);
        const began = startedAt(id);
        const more = untoldBy(one, oomKills, at, began !== null && at - began < justStarted);
        if (more > 0) one.last = at;
        for (let kill = 0; kill < more; kill++) tell(id, at, null);
      }
      for (const { id, one, event } of waited) {
        one.waiting = [];
        waiting.delete(id);
        if (Math.abs(one.last - event.at) < near) continue;
        one.ahead.push(at);
        tell(id, event.at, event.detail);
      }
      for (const event of events) {
        if (event.kind !== "oom-kill" || event.instance === null) continue;
        const one = of(event.instance);
        if (Math.abs(one.last - event.at) < near) continue;
        one.waiting = [...one.waiting, event];
        waiting.add(event.instance);
      }
      // What its engine said last of one that is gone is still to be told.
      for (const id of [...gone, ...went]) {
        if (waiting.has(id)) gone.add(id);
        else {
          gone.delete(id);
          told.delete(id);
        }
      }
      return out;
    },
  };
}
