import type { Sample } from "../shared/figures.ts";
import type { Instance } from "../shared/model/instance.ts";
import type { People } from "./changes/desk.ts";
import type { Source } from "./source.ts";

/** Who exists now, and the newest figures of each; kept as ticks come. */
export function people(source: Pick<Source, "listen">, signal: AbortSignal): People {
  const instances = new Map<string, Instance>();
  const samples = new Map<string, Sample>();
  source.listen((tick) => {
    if (tick.whole) for (const all of [instances, samples]) all.clear();
    for (const instance of tick.came) instances.set(instance.id, instance);
    for (const [id, sample] of tick.samples) samples.set(id, sample);
    for (const id of tick.went) for (const all of [instances, samples]) all.delete(id);
  }, signal);
  return { instance: (id) => instances.get(id) ?? null, sample: (id) => samples.get(id) ?? null };
}
