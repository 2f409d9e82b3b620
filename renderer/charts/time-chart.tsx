import { type ReactNode, useMemo } from "react";
import { ChartCursor } from "./chart-cursor.tsx";
import type { Cursor } from "./cursor.ts";
import { drawPlot, type Picture } from "./plot.ts";
import { type Span, xOf } from "./span.ts";
import { spread } from "./spread.ts";
import { type Draw, useCanvas } from "./use-canvas.ts";
import "./charts.css";

/** Words at the end of a series: its name, its present value, and the value at which they would like to stand. */
export type EndLabel = {
  readonly key: string;
  readonly name: string;
  readonly figure: string;
  readonly at: number;
};
/** A line through all charts at an event; grave: red. */
export type EventLine = { readonly key: string; readonly at: number; readonly grave: boolean };
/** A gap that has a name, as words that are shown if they fit. */
export type NamedGap = Span & { readonly reason: string };

export type TimeChartProps = {
  readonly title: string;
  /** The title as it stands over the plot, where it leads somewhere. */
  readonly heading: ReactNode;
  /** What the axis counts, beside the title. */
  readonly unit: string;
  /** The chart in a sentence, for those who do not see it. */
  readonly finding: string;
  /** CSS pixels of the plot. */
  readonly height: number;
  readonly picture: Picture;
  /** Text of each of `picture.levels`. */
  readonly levelTexts: readonly string[];
  readonly ends: readonly EndLabel[];
  readonly events: readonly EventLine[];
  readonly gaps: readonly NamedGap[];
  readonly cursor: Cursor;
  /** What stands at a step (an index of `picture.steps`), as one line of words. */
  readonly describe: (index: number) => string;
  readonly onZoom: (span: Span) => void;
};

/** Labels at the end of series stand this far apart. */
const apart = 14;

/** A plot over time on canvas, its axis and labels as text beside it, the crosshair and the brush over it. */
export function TimeChart(props: TimeChartProps) {
  const { heading, unit, finding, height, picture, levelTexts, ends } = props;
  const draw = useMemo<Draw>(
    () => (context, theme, width, high) => drawPlot(context, picture, theme, width, high),
    [picture],
  );
  const { ref, width } = useCanvas(height, draw);
  const y = (value: number) => height - (height * Math.min(value, picture.high)) / picture.high;
  const places = spread(
    ends.map((end) => y(end.at)),
    apart,
    2,
    height - 6,
  );
  return (
    <figure className="chart" aria-label={finding}>
      <h3>
        <span>{heading}</span>
        <span className="chart-unit">{unit}</span>
      </h3>
      <div className="chart-grid" style={{ height }}>
        <div className="chart-levels" aria-hidden="true">
          {picture.levels.map((value, index) => (
            <span key={value} style={{ top: y(value) }}>
              {levelTexts[index]}
            </span>
          ))}
        </div>
        <ChartCursor
          span={picture.span}
          at={picture.steps.at}
          width={width}
          label={props.title}
          cursor={props.cursor}
          describe={props.describe}
          onZoom={props.onZoom}
        >
          <canvas ref={ref} />
          <GapNames gaps={props.gaps} span={picture.span} width={width} height={height} />
          <EventLines events={props.events} span={picture.span} width={width} />
        </ChartCursor>
        <div className="chart-ends">
          {ends.map((end, index) => (
            <span key={end.key} style={{ top: places[index] }}>
              {end.name} <b>{end.figure}</b>
            </span>
          ))}
        </div>
      </div>
    </figure>
  );
}

/** Pixels a letter takes along a gap; the words stand upright in it. */
const letter = 6.5;
const lineOfText = 13;

function GapNames({
  gaps,
  span,
  width,
  height,
}: {
  readonly gaps: readonly NamedGap[];
  readonly span: Span;
  readonly width: number;
  readonly height: number;
}) {
  return gaps.map(({ from, to, reason }) => {
    const [start, end] = [Math.max(0, xOf(span, width, from)), Math.min(width, xOf(span, width, to))];
    const long = [...reason].length * letter + 8;
    const flat = end - start >= long;
    if (!flat && (end - start < lineOfText || height < long)) return null;
    return (
      <em key={from} className={flat ? "gap flat" : "gap"} style={{ left: start, width: end - start }}>
        {reason}
      </em>
    );
  });
}

function EventLines({
  events,
  span,
  width,
}: {
  readonly events: readonly EventLine[];
  readonly span: Span;
  readonly width: number;
}) {
  return events.map(({ key, at, grave }) => (
    <i
      key={key}
      className={grave ? "event-line grave" : "event-line"}
      style={{ transform: `translateX(${Math.round(xOf(span, width, at))}px)` }}
    />
  ));
}
