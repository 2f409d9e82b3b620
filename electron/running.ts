import type { Source } from "./source.ts";

/** Counts the instances that run now, of this computer; null while a recording is shown. */
export function countRunning(source: Source, signal: AbortSignal): () => number | null {
  const running = new Set<string>();
  source.listen((tick) => {
    if (tick.whole) running.clear();
    for (const { id, state } of tick.came) {
      if (state === "running") running.add(id);
      else running.delete(id);
    }
    for (const id of tick.went) running.delete(id);
  }, signal);
  return () => (source.live ? running.size : null);
}
