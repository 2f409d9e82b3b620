import type { EngineName } from "../shared/model/instance.ts";
import type { EngineStatus } from "../shared/model/status.ts";
import type { Tick } from "../shared/model/tick.ts";
import type { Source } from "./source.ts";

export type Stage = Source & {
  /** Puts the live source or the sample on. Throws where there is none. */
  use(which: "live" | "sample"): void;
};

/** Opens the sample; null: there is none. */
type OpenSample = (() => Promise<Source>) | null;

/**
 * One Source out of two: the live one, and the sample that is played while there is no engine at all. The sample comes
 * on by itself when there is no engine and nothing to weigh, and goes by itself when there is; what the user chose stays.
 */
export function stage(live: Source, openSample: OpenSample, signal: AbortSignal): Stage {
  let on = live;
  let wanted: "live" | "sample" = "live";
  let chosen = false;
  let sample: Promise<Source> | null = null;
  const listeners = new Set<{ readonly tell: (tick: Tick) => void; scene: AbortController }>();
  const known = new Set<string>();

  const put = (source: Source) => {
    if (source === on) return;
    on = source;
    for (const listener of listeners) {
      listener.scene.abort();
      listener.scene = new AbortController();
      on.listen(listener.tell, listener.scene.signal);
    }
  };

  const want = (which: "live" | "sample") => {
    if (which === wanted) return;
    wanted = which;
    if (which === "live") return put(live);
    if (!openSample) return;
    sample ??= openSample();
    // A sample that can't be played leaves the live view on: it is the lesser thing.
    void sample.then((source) => wanted === "sample" && put(source)).catch(() => undefined);
  };

  live.listen((tick) => {
    if (tick.whole) known.clear();
    for (const { id } of tick.came) known.add(id);
    for (const id of tick.went) known.delete(id);
    if (chosen || tick.engines.some(({ state }) => state === "searching")) return;
    want(known.size === 0 && nobody(tick.engines) ? "sample" : "live");
  }, signal);

  return {
    get live() {
      return on.live;
    },
    get facts() {
      return on.facts;
    },
    listen(tell, until) {
      const listener = { tell, scene: new AbortController() };
      listeners.add(listener);
      const leave = () => {
        listeners.delete(listener);
        listener.scene.abort();
      };
      until.addEventListener("abort", leave, { once: true });
      on.listen(tell, listener.scene.signal);
    },
    past: (from) => on.past(from),
    detail: (id) => on.detail(id),
    races: () => on.races(),
    retry: () => live.retry(),
    steer: (change) => on.steer(change),
    use(which) {
      if (which === "sample" && !openSample) throw new Error("there is no sample recording");
      chosen = true;
      want(which);
    },
  };
}

/** These look into /proc and the cgroups and so are always there: they count by what they find. */
const lookers: ReadonlySet<EngineName> = new Set(["qemu", "cgroup"]);

const nobody = (engines: readonly EngineStatus[]) =>
  engines.every(({ engine, state }) => state === "absent" || lookers.has(engine));
