import type { Sample } from "../../shared/figures.ts";
import type { Instance, State } from "../../shared/model/instance.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import type { Millis } from "../../shared/model/units.ts";
import type { Frame } from "../../shared/wire/frames.ts";

/** What the terminal knows, from the same frames that a page gets. */
export type World = {
  take(frame: Frame): void;
  /** Heaviest first; what is not weighed comes last, by name. */
  instances(): readonly { readonly instance: Instance; readonly sample: Sample | null }[];
  engines(): readonly EngineStatus[];
  /** true: no engine is looked for any more, all are told in full and, where they are weighed, read twice, a second apart. */
  settled(): boolean;
};

/** Two readings closer than this make a poor rate: a quota of a quarter is given out in slices of 25 ms. */
const apart: Millis = 900;

const ended: ReadonlySet<State> = new Set(["created", "stopped", "dead"]);

export function world(): World {
  const byId = new Map<string, Instance>();
  const bySlot = new Map<number, Sample>();
  /** When a slot was weighed first. */
  const since = new Map<number, Millis>();
  let now: Millis = 0;
  let statuses: readonly EngineStatus[] | null = null;
  const list = () =>
    [...byId.values()]
      .map((instance) => ({ instance, sample: bySlot.get(instance.slot) ?? null }))
      .sort(
        (a, b) =>
          (b.sample?.gross ?? -1) - (a.sample?.gross ?? -1) || (a.instance.name < b.instance.name ? -1 : 1),
      );
  return {
    take(frame) {
      if (frame.whole) {
        byId.clear();
        bySlot.clear();
        since.clear();
      }
      for (const id of frame.went) {
        const slot = byId.get(id)?.slot;
        if (slot !== undefined) {
          bySlot.delete(slot);
          since.delete(slot);
        }
        byId.delete(id);
      }
      for (const instance of frame.came) {
        byId.set(instance.id, instance);
        // Its last figures are not those of now.
        if (ended.has(instance.state)) bySlot.delete(instance.slot);
      }
      now = frame.at;
      for (const [slot, sample] of frame.rows) {
        bySlot.set(slot, sample);
        if (!since.has(slot)) since.set(slot, now);
      }
      statuses = frame.engines ?? statuses;
    },
    instances: list,
    engines: () => statuses ?? [],
    settled: () =>
      statuses !== null &&
      (statuses ?? []).every(({ state }) => state !== "searching") &&
      list().every(
        ({ instance, sample }) =>
          instance.detailed &&
          (instance.weighed === null ||
            instance.state !== "running" ||
            (sample !== null && sample.cores !== null && now - (since.get(instance.slot) ?? now) >= apart)),
      ),
  };
}
