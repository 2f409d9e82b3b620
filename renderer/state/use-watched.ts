import { useRef, useSyncExternalStore } from "react";
import { stepNow, subscribeSteps } from "./series.ts";
import { useWorld, type World } from "./world.ts";

type Last<Value> = {
  readonly step: number;
  readonly world: World;
  readonly of: readonly unknown[];
  readonly key: string;
  readonly value: Value;
};

/**
 * What `read` works out of series and world, again after each frame; renders only when its JSON changes, and gives the
 * same object until then. For sums, bars and sentences: cheap to compute, dear to draw. `of` is all else that `read`
 * looks at: while it is the same, nothing is computed twice for one frame.
 */
export function useWatched<Value>(read: () => Value, of: readonly unknown[]): Value {
  const last = useRef<Last<Value> | null>(null);
  return useSyncExternalStore(subscribeSteps, () => {
    const before = last.current;
    const step = stepNow();
    const world = useWorld.getState();
    const isSame =
      before !== null && before.of.length === of.length && before.of.every((one, at) => one === of[at]);
    if (isSame && before.step === step && before.world === world) return before.value;
    const fresh = read();
    const key = JSON.stringify(fresh);
    const value = before?.key === key ? before.value : fresh;
    last.current = { step, world, of, key, value };
    return value;
  });
}

/** The same for a text, which is its own key. */
export const useWatchedText = (read: () => string): string => useSyncExternalStore(subscribeSteps, read);
