import { type ReactNode, useMemo } from "react";
import { ChartCursor } from "./chart-cursor.tsx";
import { type Cursor, usePointing } from "./cursor.ts";
import { nearest } from "./nearest.ts";
import { drawPlot, type Picture } from "./plot.ts";
import type { Span } from "./span.ts";
import { type Draw, useCanvas } from "./use-canvas.ts";
import "./charts.css";

/** CSS pixels of the plot. */
const height = 28;

/** A small chart without axes under the large ones; it shares their crosshair. */
export function MiniChart({
  title,
  heading,
  figureAt,
  finding,
  picture,
  cursor,
  onZoom,
}: {
  readonly title: string;
  /** The title as it stands over the plot, where it leads somewhere. */
  readonly heading: ReactNode;
  /** The value with its unit at a step; null: the present one. */
  readonly figureAt: (index: number | null) => string;
  readonly finding: string;
  readonly picture: Picture;
  readonly cursor: Cursor;
  readonly onZoom: (span: Span) => void;
}) {
  const draw = useMemo<Draw>(
    () => (context, theme, width, high) => drawPlot(context, picture, theme, width, high),
    [picture],
  );
  const { ref, width } = useCanvas(height, draw);
  const { at } = usePointing(cursor);
  const pointed = at === null ? -1 : nearest(picture.steps.at, at);
  return (
    <figure className="mini-chart" aria-label={finding}>
      <h3>
        <span>{heading}</span>
        <b>{figureAt(pointed < 0 ? null : pointed)}</b>
      </h3>
      <ChartCursor
        span={picture.span}
        at={picture.steps.at}
        width={width}
        label={title}
        cursor={cursor}
        describe={figureAt}
        onZoom={onZoom}
      >
        <canvas ref={ref} />
      </ChartCursor>
    </figure>
  );
}
