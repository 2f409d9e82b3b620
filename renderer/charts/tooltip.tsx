import type { Cursor } from "./cursor.ts";
import { usePointing } from "./cursor.ts";
import { nearest } from "./nearest.ts";
import type { Values } from "./runs.ts";
import { type Span, xOf } from "./span.ts";
import "./tooltip.css";

/** One row: swatch (the class of a filling), name, value; `sum` stands under a hairline, `grave` is red. */
export type TooltipRow = {
  readonly key: string;
  readonly swatch?: string;
  readonly name: string;
  readonly value: string;
  readonly sum?: boolean;
  readonly grave?: boolean;
};

/** CSS pixels from the crosshair, and the width of the tooltip (`.chart-tip`). */
const distance = 10;
const tipWidth = 204;

/** What stands at the crosshair, left of it unless there is no room. Screen readers hear it from the slider. */
export function Tooltip({
  cursor,
  at,
  span,
  left,
  width,
  rows,
  time,
}: {
  readonly cursor: Cursor;
  readonly at: Values;
  readonly span: Span;
  /** Where the plots begin inside the parent, and how wide they are, in CSS pixels. */
  readonly left: number;
  readonly width: number;
  readonly rows: (index: number) => readonly TooltipRow[];
  readonly time: (at: number) => string;
}) {
  const pointing = usePointing(cursor);
  if (pointing.at === null || pointing.brush !== null || width === 0) return null;
  const index = nearest(at, pointing.at);
  const moment = at[index];
  if (moment === undefined || moment < span.from || moment > span.to) return null;
  const x = left + xOf(span, width, moment);
  const place = x - distance - tipWidth < 0 ? x + distance : x - distance - tipWidth;
  return (
    <div className="chart-tip" aria-hidden="true" style={{ transform: `translateX(${Math.round(place)}px)` }}>
      <b>{time(moment)}</b>
      <dl>
        {rows(index).map((row) => (
          <div
            key={row.key}
            className={
              [row.sum ? "sum" : "", row.grave ? "grave" : ""].filter(Boolean).join(" ") || undefined
            }
          >
            <dt>
              {row.swatch && <i className={`swatch ${row.swatch}`} />}
              {row.name}
            </dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
