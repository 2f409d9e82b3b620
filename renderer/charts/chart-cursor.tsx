import { type PointerEvent, type ReactNode, useRef } from "react";
import { type Cursor, usePointing } from "./cursor.ts";
import { firstFrom, nearest } from "./nearest.ts";
import type { Values } from "./runs.ts";
import { momentOf, type Span, xOf } from "./span.ts";

export type ChartCursorProps = {
  readonly span: Span;
  /** Moments of the steps; the crosshair stands on one of them. */
  readonly at: Values;
  /** CSS pixels of the plot; 0 before it is laid out. */
  readonly width: number;
  readonly label: string;
  readonly cursor: Cursor;
  readonly describe: (index: number) => string;
  readonly onZoom: (span: Span) => void;
  readonly children: ReactNode;
};

/** A drag shorter than this is a click. */
const leastDrag = 6;

/**
 * The plot's field: the pointer moves the crosshair and drags out a stretch to zoom into, and a slider that is not seen
 * does the same for the keyboard (arrow keys, Page Up, Home, End), so that a screen reader hears moment and values.
 */
export function ChartCursor(props: ChartCursorProps) {
  const { span, at, width, label, cursor, describe, onZoom, children } = props;
  const pointing = usePointing(cursor);
  const dragFrom = useRef<number | null>(null);
  const [first, end] = [firstFrom(at, span.from), firstFrom(at, span.to + 1)];
  const index = pointing.at === null ? -1 : nearest(at, pointing.at);

  const x = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const point = (event: PointerEvent) => {
    const moment = momentOf(span, width, x(event));
    const step = Math.min(end - 1, Math.max(first, nearest(at, moment)));
    const from = dragFrom.current;
    cursor.set({
      at: end > first ? (at[step] ?? null) : null,
      brush: from === null ? null : { from: Math.min(from, moment), to: Math.max(from, moment) },
    });
  };
  const release = () => {
    const { brush } = cursor.get();
    dragFrom.current = null;
    cursor.set({ brush: null });
    if (brush && ((brush.to - brush.from) / (span.to - span.from)) * width >= leastDrag) onZoom(brush);
  };
  const leave = () => {
    dragFrom.current = null;
    cursor.set({ at: null, brush: null });
  };

  return (
    <div
      className="chart-plot"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragFrom.current = momentOf(span, width, x(event));
      }}
      onPointerMove={point}
      onPointerUp={release}
      onPointerCancel={leave}
      onPointerLeave={leave}
    >
      {children}
      {pointing.brush && (
        <i
          className="brush"
          style={{
            left: Math.max(0, xOf(span, width, pointing.brush.from)),
            right: Math.max(0, width - xOf(span, width, pointing.brush.to)),
          }}
        />
      )}
      {index >= first && index < end && (
        <i
          className="crosshair"
          style={{ transform: `translateX(${Math.round(xOf(span, width, at[index] as number))}px)` }}
        />
      )}
      {end > first && (
        <input
          type="range"
          className="chart-slider"
          aria-label={label}
          aria-valuetext={describe(index < first || index >= end ? end - 1 : index)}
          min={first}
          max={end - 1}
          value={index < first || index >= end ? end - 1 : index}
          onChange={(event) => cursor.set({ at: at[Number(event.currentTarget.value)] ?? null })}
          onFocus={(event) => {
            if (event.currentTarget.matches(":focus-visible")) cursor.set({ at: at[end - 1] ?? null });
          }}
          onBlur={leave}
        />
      )}
    </div>
  );
}
