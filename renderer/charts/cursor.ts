import { useSyncExternalStore } from "react";
import type { Span } from "./span.ts";

/** Where the user points: a moment, and the stretch being dragged out. null: nowhere. */
export type Pointing = { readonly at: number | null; readonly brush: Span | null };

/** One crosshair through all charts that share it. It lives outside React's state: a pointer moves at 60 Hz. */
export type Cursor = {
  get(): Pointing;
  set(change: Partial<Pointing>): void;
  subscribe(listener: () => void): () => void;
};

export function cursor(): Cursor {
  let now: Pointing = { at: null, brush: null };
  const listeners = new Set<() => void>();
  return {
    get: () => now,
    set(change) {
      const next = { ...now, ...change };
      if (next.at === now.at && next.brush === now.brush) return;
      now = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Renders again when the user points elsewhere. */
export const usePointing = (of: Cursor): Pointing => useSyncExternalStore(of.subscribe, of.get);
