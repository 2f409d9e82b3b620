import { memo, useCallback, useMemo, useRef, useState } from "react";
import { clockTime } from "../../../shared/format.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Millis } from "../../../shared/model/units.ts";
import { cursor as newCursor } from "../../charts/cursor.ts";
import { EventRail } from "../../charts/event-rail.tsx";
import type { Span } from "../../charts/span.ts";
import { TimeAxis } from "../../charts/time-axis.tsx";
import { timeTicks } from "../../charts/time-ticks.ts";
import { Tooltip } from "../../charts/tooltip.tsx";
import { useWidth } from "../../charts/use-width.ts";
import { MemoryVerdict } from "../../state/memory-verdict.tsx";
import { latestAt } from "../../state/series.ts";
import { offsetHere, useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { coarse, stepFor } from "./coarse.ts";
import { FigureTable } from "./figure-table.tsx";
import { FindingLane } from "./finding-lane.tsx";
import { happenings, isGrave } from "./happenings.ts";
import { LargeCharts } from "./large-charts.tsx";
import { type ChartChoice, RangeBar } from "./range-bar.tsx";
import { SmallCharts } from "./small-charts.tsx";
import { spanOf, zoomTo } from "./span-of.ts";
import { tooltipRows } from "./told.ts";
import { UnknownList } from "./unknown-list.tsx";
import { useSample } from "./use-sample.ts";
import { useTimeline } from "./use-timeline.ts";
import "./chart-column.css";

/** Where plots begin: the labels of the axis and the space after them (`.chart-grid`). */
const plotLeft = 46;
/** A sample older than this (ms) is late: the time goes on without it. */
const late = 3_500;

/** Everything over time, on one axis: events, memory, CPU, pressure, the small ones; or all of it as a table. */
export const ChartColumn = memo(function ChartColumn({
  instance,
  choice,
  onChoose,
}: {
  readonly instance: Instance;
  readonly choice: ChartChoice;
  readonly onChoose: (change: Partial<ChartChoice>) => void;
}) {
  const words = useWords().detail;
  const { timeline, loads } = useTimeline(instance.id);
  const now = useNowOf(instance.id, timeline.at.at(-1) ?? null);
  const { range, zoom, asTable } = choice;
  const { from, to } = spanOf(range, zoom, now);
  const span = useMemo(() => ({ from, to }), [from, to]);
  const [cursor] = useState(newCursor);
  const measure = useRef<HTMLDivElement>(null);
  const width = useWidth(measure, "self");
  const offset = offsetHere();
  const { ticks, fine } = useMemo(() => timeTicks(span, width, offset), [span, width, offset]);
  const time = useCallback(
    (at: Millis) => (fine ? clockTime(at, offset) : clockTime(at, offset).slice(0, 5)),
    [fine, offset],
  );
  const all = useWorld(({ events }) => events);
  const happened = useMemo(() => happenings(all, instance, span), [all, instance, span]);
  const events = useMemo(
    () =>
      happened.map(({ at, kind, detail }) => ({
        key: `${at} ${kind}`,
        at,
        text: words.event(kind, detail),
        when: clockTime(at, offset),
        grave: isGrave(kind),
      })),
    [happened, words, offset],
  );
  const sample = useSample(instance.id);
  const onZoom = (to: Span) => {
    cursor.set({ at: null });
    onChoose({ zoom: zoomTo(to) });
  };
  const zoomWords = words.zoomed(clockTime(from, offset), clockTime(to, offset));
  const rangeWords = zoom === null ? words.finding.last(words.ranges[range]) : zoomWords;
  // Anew when a step is over or the history came, not with each sample: the labels tell the newest.
  const step = Math.floor((timeline.at.at(-1) ?? 0) / stepFor(span));
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const drawn = useMemo(() => coarse(timeline, stepFor(span)), [instance.id, loads, step, span]);
  const shared = { instance, timeline, drawn, span, happened, cursor, moments: ticks, onZoom, rangeWords };

  return (
    <section className="detail-charts" aria-label={words.charts}>
      <RangeBar choice={choice} zoomed={zoom === null ? null : zoomWords} onChoose={onChoose} />
      {asTable ? (
        <FigureTable {...shared} />
      ) : (
        <>
          <EventRail label={words.events} span={span} width={width} events={events} />
          <div className="chart-grid">
            <div ref={measure} className="measure" />
          </div>
          <FindingLane instance={instance} span={span} width={width} />
          <LargeCharts {...shared} />
          <TimeAxis span={span} width={width} ticks={ticks} text={time} />
          <Tooltip
            cursor={cursor}
            at={drawn.at}
            span={span}
            left={plotLeft}
            width={width}
            rows={(index) => tooltipRows(words, instance.kind, drawn, index)}
            time={(at) => clockTime(at, offset)}
          />
          <SmallCharts {...shared} />
        </>
      )}
      {instance.kind === "container" ? <MemoryVerdict instance={instance} /> : null}
      {sample !== null && sample.gross !== null && <UnknownList instance={instance} sample={sample} />}
    </section>
  );
});

/** The right end of the axis: the newest sample, or the source's clock while samples do not come. */
function useNowOf(id: string, last: Millis | null): Millis {
  const clock = useWorld(({ at }) => {
    const newest = latestAt(id);
    return at !== null && (newest === null || at - newest > late) ? at : null;
  });
  return clock ?? last ?? useWorld.getState().at ?? 0;
}
