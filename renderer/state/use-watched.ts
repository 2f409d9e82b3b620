import { useRef, useSyncExternalStore } from "react";
import { subscribeSteps } from "./series.ts";

/**
 * What `read` works out of the series, again after each frame; renders only when its text changes, and gives the same
 * object until then. For sums, bars and sentences: cheap to compute, dear to draw.
 */
export function useWatched<Value>(read: () => Value): Value {
  const last = useRef<{ readonly key: string; readonly value: Value } | null>(null);
  return useSyncExternalStore(subscribeSteps, () => {
    const value = read();
    const key = JSON.stringify(value);
    if (last.current?.key === key) return last.current.value;
    last.current = { key, value };
    return value;
  });
}

/** The same for a text. */
export const useWatchedText = (read: () => string): string => useSyncExternalStore(subscribeSteps, read);
