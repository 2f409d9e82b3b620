import type { Instance } from "../../shared/model/instance.ts";
import { latest, missed, stepNow } from "./series.ts";
import { isHollow, type Weighed } from "./weighed.ts";
import { useWorld } from "./world.ts";

let cached: {
  readonly step: number;
  readonly byId: ReadonlyMap<string, Instance>;
  readonly connected: boolean;
  readonly all: readonly Weighed[];
  readonly weighed: ReadonlyMap<string, Weighed>;
} | null = null;

/** Everyone with their present figures, put together once a frame for all who ask. Without a connection all is old. */
export function weighedNow(): readonly Weighed[] {
  const { byId, connection } = useWorld.getState();
  const step = stepNow();
  const connected = connection !== "lost";
  if (cached?.step === step && cached.byId === byId && cached.connected === connected) return cached.all;
  const all = [...byId.values()].map((instance) => ({
    instance,
    sample: latest(instance.id),
    missed: connected ? missed(instance.id) : Number.POSITIVE_INFINITY,
  }));
  cached = { step, byId, connected, all, weighed: new Map(all.map((one) => [one.instance.id, one])) };
  return all;
}

/** The same for some of them, in the order of `ids`. */
export function weighedOf(ids: readonly string[]): readonly Weighed[] {
  weighedNow();
  return ids.map((id) => cached?.weighed.get(id)).filter((one) => one !== undefined);
}

/** Whether a row is drawn hollow now. Follows frames; who asks must look at `connection` as well. */
export function isHollowNow(id: string): boolean {
  const { byId, connection } = useWorld.getState();
  const instance = byId.get(id);
  if (!instance) return false;
  return isHollow({
    instance,
    sample: latest(id),
    missed: connection === "lost" ? Number.POSITIVE_INFINITY : missed(id),
  });
}
