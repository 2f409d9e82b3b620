import { useCallback, useSyncExternalStore } from "react";
import type { Sample } from "../../../shared/figures.ts";
import { latest, subscribe } from "../../state/series.ts";

/** The newest sample of an instance; null before its first and once it is forgotten. Renders again with each. */
export function useSample(id: string): Sample | null {
  const listen = useCallback((listener: () => void) => subscribe(id, listener), [id]);
  return useSyncExternalStore(listen, () => latest(id));
}
