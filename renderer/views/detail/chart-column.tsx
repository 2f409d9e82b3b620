import { memo, useMemo, useRef, useState } from "react";
import { Button } from "react-aria-components";
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
import { Segmented } from "../../components/segmented.tsx";
import { latestAt } from "../../state/series.ts";
import { offsetHere, useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { coarse, stepFor } from "./coarse.ts";
import { FigureTable } from "./figure-table.tsx";
import { happenings, isGrave } from "./happenings.ts";
import { LargeCharts } from "./large-charts.tsx";
import { SmallCharts } from "./small-charts.tsx";
import { type Range, ranges, spanOf, zoomTo } from "./span-of.ts";
import { tooltipRows } from "./told.ts";
import { UnknownList } from "./unknown-list.tsx";
import { useSample } from "./use-sample.ts";
import { useTimeline } from "./use-timeline.ts";
import "./chart-column.css";

/** Where plots begin: the labels of the axis and the space after them (`.chart-grid`). */
const plotLeft = 46;
/** A sample older than this (ms) is late: the time goes on without it. */
const late = 3_500;

export type ChartChoice = {
  readonly range: Range;
  readonly zoom: Span | null;
  readonly asTable: boolean;
};

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
  const timeline = useTimeline(instance.id);
  const now = useNowOf(instance.id, timeline.at.at(-1) ?? null);
  const { range, zoom, asTable } = choice;
  const span = useMemo(() => spanOf(range, zoom, now), [range, zoom, now]);
  const [cursor] = useState(newCursor);
  const measure = useRef<HTMLDivElement>(null);
  const width = useWidth(measure, "self");
  const offset = offsetHere();
  const { ticks, fine } = useMemo(() => timeTicks(span, width, offset), [span, width, offset]);
  const time = (at: Millis) => (fine ? clockTime(at, offset) : clockTime(at, offset).slice(0, 5));
  const all = useWorld(({ events }) => events);
  const happened = useMemo(() => happenings(all, instance, span), [all, instance, span]);
  const sample = useSample(instance.id);
  const onZoom = (to: Span) => {
    cursor.set({ at: null });
    onChoose({ zoom: zoomTo(to) });
  };
  const rangeWords =
    zoom === null ? words.finding.last(words.ranges[range]) : words.zoomed(time(span.from), time(span.to));
  const drawn = useMemo(() => coarse(timeline, stepFor(span)), [timeline, span]);
  const shared = { instance, timeline, drawn, span, happened, cursor, moments: ticks, onZoom, rangeWords };

  return (
    <section className="detail-charts" aria-label={words.charts}>
      <div className="detail-range">
        <Segmented
          label={words.range}
          options={ranges.map((key) => ({ key, word: words.ranges[key] }))}
          chosen={range}
          onChoose={(next) => onChoose({ range: next, zoom: null })}
        />
        {zoom === null ? (
          <span className="hint">
            {asTable ? null : words.hint} <kbd>{"T"}</kbd> {asTable ? words.hintCharts : words.hintTable}
          </span>
        ) : (
          <>
            <span className="hint">
              {words.zoomed(clockTime(span.from, offset), clockTime(span.to, offset))}
            </span>
            <Button className="btn" onPress={() => onChoose({ zoom: null })}>
              {words.unzoom}
            </Button>
          </>
        )}
      </div>
      {asTable ? (
        <FigureTable {...shared} />
      ) : (
        <>
          <EventRail
            label={words.events}
            span={span}
            width={width}
            events={happened.map((event) => ({
              key: `${event.at} ${event.kind}`,
              at: event.at,
              text: words.event(event.kind, event.detail),
              when: clockTime(event.at, offset),
              grave: isGrave(event.kind),
            }))}
          />
          <div className="chart-grid">
            <div ref={measure} className="measure" />
          </div>
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
      {sample && <UnknownList instance={instance} sample={sample} />}
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
