import { useEffect, useState } from "react";
import type { Millis } from "../../../../shared/model/units.ts";
import { call } from "../../../state/channel.ts";
import { latestAt, subscribeSteps } from "../../../state/series.ts";
import { useWorld } from "../../../state/world.ts";
import { type ChartKind, figuresOf, type Hour, hourOf } from "./hour.ts";

const hour: Millis = 3_600_000;
/** A step of the chart by the source's clock; and by this page's, so that a fast recording is not asked each frame. */
const period: Millis = 10_000;
const leastBetween: Millis = 1_000;

/** The last hour of an instance, asked for anew each ten seconds; null until it has come. */
export function useHour(id: string, kind: ChartKind): Hour | null {
  const [told, setTold] = useState<{ readonly key: string; readonly hour: Hour } | null>(null);
  const key = `${kind} ${id}`;
  useEffect(() => {
    let askedAt: Millis | null = null;
    let asked = Number.NEGATIVE_INFINITY;
    let gone = false;
    const look = () => {
      const at = latestAt(id) ?? useWorld.getState().at ?? 0;
      const due = askedAt === null || at < askedAt || at - askedAt >= period;
      if (!due || document.hidden || performance.now() - asked < leastBetween) return;
      askedAt = at;
      asked = performance.now();
      void call("history", { id, from: at - hour, figures: [...figuresOf[kind]] })
        .catch(() => null)
        .then((series) => {
          if (!gone && series !== null) setTold({ key: `${kind} ${id}`, hour: hourOf(series) });
        });
    };
    look();
    const stop = subscribeSteps(look);
    return () => {
      gone = true;
      stop();
    };
  }, [id, kind]);
  return told?.key === key ? told.hour : null;
}
