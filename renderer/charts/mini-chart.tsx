import { useMemo } from "react";
import { ChartCursor } from "./chart-cursor.tsx";
import type { Cursor } from "./cursor.ts";
import { drawPlot, type Picture } from "./plot.ts";
import type { Span } from "./span.ts";
import { type Draw, useCanvas } from "./use-canvas.ts";

/** CSS pixels of the plot. */
const height = 28;

/** A small chart without axes under the large ones; it shares their crosshair. */
export function MiniChart({
  title,
  figure,
  finding,
  picture,
  cursor,
  describe,
  onZoom,
}: {
  readonly title: string;
  /** The present value with its unit. */
  readonly figure: string;
  readonly finding: string;
  readonly picture: Picture;
  readonly cursor: Cursor;
  readonly describe: (index: number) => string;
  readonly onZoom: (span: Span) => void;
}) {
  const draw = useMemo<Draw>(
    () => (context, theme, width, high) => drawPlot(context, picture, theme, width, high),
    [picture],
  );
  const { ref, width } = useCanvas(height, draw);
  return (
    <figure className="mini-chart" aria-label={finding}>
      <h3>
        <span>{title}</span>
        <b>{figure}</b>
      </h3>
      <ChartCursor
        span={picture.span}
        at={picture.steps.at}
        width={width}
        label={title}
        cursor={cursor}
        describe={describe}
        onZoom={onZoom}
      >
        <canvas ref={ref} />
      </ChartCursor>
    </figure>
  );
}
