import { memo } from "react";
import { placeMarks } from "./place-marks.ts";
import { type Span, xOf } from "./span.ts";
import { textWidth } from "./text-width.ts";
import "./charts.css";

/** An event on the rail: its words, and its moment as words for those who do not see where it stands. */
export type RailEvent = {
  readonly key: string;
  readonly at: number;
  readonly text: string;
  readonly when: string;
  readonly grave: boolean;
};

/** Events as diamonds over the charts, on their axis. Words that would touch are kept for hover and for screen readers. */
export const EventRail = memo(function EventRail({
  events,
  span,
  width,
  label,
}: {
  /** Oldest first, inside `span`. */
  readonly events: readonly RailEvent[];
  readonly span: Span;
  readonly width: number;
  /** Name of the list. */
  readonly label: string;
}) {
  const marks = events.map(({ at, text, grave }) => ({
    x: Math.round(xOf(span, width, at)),
    textWidth: textWidth(text, grave ? "600 11px" : "400 11px"),
    grave,
  }));
  return (
    <div className="chart-grid event-rail">
      <ol aria-label={label}>
        {placeMarks(marks, width).map(({ index, side, with: others }) => {
          const event = events[index];
          if (!event) return null;
          const all = [index, ...others].sort((a, b) => a - b).flatMap((each) => events[each] ?? []);
          const told = all.map(({ when, text }) => `${when} ${text}`).join("\n");
          return (
            <li
              key={event.key}
              className={event.grave ? "event grave" : "event"}
              style={{ transform: `translateX(${marks[index]?.x ?? 0}px)` }}
              title={told}
            >
              <i aria-hidden="true" />
              <span className="unseen">{told}</span>
              {side !== null && (
                <span className={side} aria-hidden="true">
                  {event.text}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
});
