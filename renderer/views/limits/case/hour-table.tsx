import { clockTime } from "../../../../shared/format.ts";
import type { Millis } from "../../../../shared/model/units.ts";
import { bucketed } from "../../../charts/bucketed.ts";
import { ChartTable } from "../../../charts/chart-table.tsx";
import type { Span } from "../../../charts/span.ts";
import { offsetHere, useWords } from "../../../state/words.ts";
import type { Hour } from "./hour.ts";
import type { HourRow } from "./hour-rows.ts";

/** A row a minute. */
const mostRows = 60;

type HourTableProps = {
  readonly caption: string;
  readonly hour: Hour;
  readonly span: Span;
  readonly rows: readonly HourRow[];
  readonly kills: readonly Millis[];
};

/** The chart's figures, minute by minute, the newest first. */
export function HourTable({ caption, hour: kept, span, rows, kills }: HourTableProps) {
  const { detail } = useWords();
  const offset = offsetHere();
  const table = bucketed(
    rows.map(({ key }) => kept.figures[key] ?? []),
    kept,
    span,
    mostRows,
  );
  return (
    <ChartTable
      caption={caption}
      timeHead={detail.time}
      noteHead={detail.eventsInTable}
      columns={rows.map(({ key, head, unit, text }) => ({
        key,
        head,
        unit,
        text: (value) => text(Number.isNaN(value) ? null : value),
      }))}
      rows={table.rows.map(({ from, to, means }) => ({
        key: `${from}`,
        time: clockTime(from, offset).slice(0, 5),
        values: means,
        note: kills.some((at) => at >= from && at < to) ? detail.event("oom-kill", null) : "",
      }))}
    />
  );
}
