import { memo } from "react";
import { type Span, xOf } from "./span.ts";
import "./charts.css";

/** The labels of the time axis, once under all charts that share it. */
export const TimeAxis = memo(function TimeAxis({
  span,
  width,
  ticks,
  text,
}: {
  readonly span: Span;
  /** CSS pixels of the plots above. */
  readonly width: number;
  readonly ticks: readonly number[];
  readonly text: (at: number) => string;
}) {
  return (
    <div className="chart-grid time-axis" aria-hidden="true">
      <div className="chart-times">
        {ticks.map((at) => (
          <span key={at} style={{ transform: `translateX(calc(${xOf(span, width, at)}px - 50%))` }}>
            {text(at)}
          </span>
        ))}
      </div>
    </div>
  );
});
