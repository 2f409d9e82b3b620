import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { Millis } from "../../../shared/model/units.ts";
import { call } from "../../state/channel.ts";
import { latest, latestAt, subscribeSteps } from "../../state/series.ts";
import { useWorld } from "../../state/world.ts";
import { note, nothingRecent, type Recent, sliceCount, withPast } from "./recent.ts";

const fiveMinutes: Millis = sliceCount * 10_000;
/** A new sample that is this much later than the last one, or earlier, makes what is kept of no use. */
const torn: Millis = 15_000;
/** Questions a second: the machine's side takes 50 of a page, and there are others. */
const most = 10;

const kept = new Map<string, { recent: Recent; at: Millis | null }>();
/** Who stands in view and was not asked for yet, in that order. */
const wanted = new Set<string>();
const asked = new Set<string>();

/** Raised when an instance's past has come: between two frames, or in a recording that stands still. */
const versions = new Map<string, number>();
const listeners = new Set<() => void>();

/** The last minutes of an instance; null before its first sample. */
export const recentOf = (id: string): Recent | null => kept.get(id)?.recent ?? null;

/** Takes the last minutes of everybody while the screen is there: with each frame, and from the history of who is looked at. */
export function useRecentWatch(): void {
  useEffect(() => {
    takeAll();
    const stop = subscribeSteps(takeAll);
    const timer = window.setInterval(askSome, 1_000);
    return () => {
      stop();
      window.clearInterval(timer);
      kept.clear();
      wanted.clear();
      asked.clear();
      versions.clear();
    };
  }, []);
}

/** Asks for the past of an instance whose row is in view; what is given grows when that has come. */
export function useRecent(id: string): number {
  useEffect(() => {
    if (!asked.has(id)) {
      const first = wanted.size === 0;
      wanted.add(id);
      // Rows mount together: all of them are asked for at once, not one by one.
      if (first) queueMicrotask(askSome);
    }
    return () => void wanted.delete(id);
  }, [id]);
  const listen = useCallback((listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return useSyncExternalStore(listen, () => versions.get(id) ?? 0);
}

function takeAll(): void {
  const { byId } = useWorld.getState();
  for (const id of byId.keys()) {
    const [at, sample] = [latestAt(id), latest(id)];
    if (at === null || sample === null) continue;
    const one = kept.get(id) ?? { recent: nothingRecent(), at: null };
    kept.set(id, one);
    if (one.at === at) continue;
    if (one.at !== null && (at < one.at || at - one.at > torn)) {
      one.recent = nothingRecent();
      if (asked.delete(id)) wanted.add(id);
    }
    one.at = at;
    note(one.recent, at, sample);
  }
  for (const id of kept.keys()) if (!byId.has(id)) kept.delete(id);
}

function askSome(): void {
  for (const id of [...wanted].slice(0, most)) {
    const sample = latest(id);
    if (sample === null) continue;
    wanted.delete(id);
    // Who has no quota is not throttled, and pressure fills up by itself in ten seconds.
    if (sample.throttledShare === null) continue;
    asked.add(id);
    void ask(id);
  }
}

async function ask(id: string): Promise<void> {
  const from = (latestAt(id) ?? useWorld.getState().at ?? 0) - fiveMinutes;
  const series = await call("history", { id, from, figures: ["throttledShare"] }).catch(() => null);
  const one = kept.get(id);
  if (series === null || series.at.length === 0 || !one) return;
  one.recent = withPast(one.recent, series);
  versions.set(id, (versions.get(id) ?? 0) + 1);
  for (const listener of [...listeners]) listener();
}
