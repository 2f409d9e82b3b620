import { useEffect, useState } from "react";
import { call } from "../../state/channel.ts";
import { latest, latestAt, subscribe } from "../../state/series.ts";
import { useWorld } from "../../state/world.ts";
import { append, charted, emptyTimeline, fromSeries, type Timeline } from "./timeline.ts";

const hour = 3_600_000;
/** Samples after which the history is asked for again: it then comes in steps of ten seconds instead of seconds. */
const mostGrown = 600;
/** After a gap the machine's side may know what this page missed: it is asked, but not more often than this (ms). */
const leastBetween = 5_000;

/** `loads`: how often the history has come so far; in between, samples are only added at the end. */
export type Kept = { readonly id: string; readonly timeline: Timeline; readonly loads: number };

/** The last hour of an instance, with each new sample. Empty until the history has come. */
export function useTimeline(id: string): Kept {
  const [kept, setKept] = useState<Kept>({ id, timeline: emptyTimeline, loads: 0 });
  useEffect(() => {
    let timeline = emptyTimeline;
    let grown = 0;
    let loads = 0;
    let asked = Number.NEGATIVE_INFINITY;
    let gone = false;
    const keep = (next: Timeline) => {
      timeline = next;
      setKept({ id, timeline, loads });
    };
    const load = async () => {
      asked = performance.now();
      const now = latestAt(id) ?? useWorld.getState().at ?? 0;
      const series = await call("history", { id, from: now - hour, figures: [...charted] }).catch(() => null);
      if (gone || series === null) return;
      grown = 0;
      loads++;
      const loaded = fromSeries(series);
      const [at, sample] = [latestAt(id), latest(id)];
      keep((at !== null && sample !== null ? append(loaded, at, sample) : null) ?? loaded);
    };
    const onSample = () => {
      const [at, sample] = [latestAt(id), latest(id)];
      if (at === null || sample === null) return;
      const next = append(timeline, at, sample);
      const torn = next !== null && next.at.length - timeline.at.length > 1;
      if (next !== null) keep(next);
      grown++;
      const wanted = next === null || torn || grown > mostGrown;
      if (wanted && performance.now() - asked > leastBetween) void load();
    };
    const stop = subscribe(id, onSample);
    void load();
    return () => {
      gone = true;
      stop();
    };
  }, [id]);
  return kept.id === id ? kept : { id, timeline: emptyTimeline, loads: 0 };
}
