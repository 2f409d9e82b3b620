import Sheet from "lucide-react/icons/sheet";
import { useMemo, useRef, useState } from "react";
import { ToggleButton } from "react-aria-components";
import type { FigureName } from "../../../../shared/figures.ts";
import {
  clockTime,
  cores,
  count,
  mebibytes,
  percent,
  rate,
  tick,
  visible,
} from "../../../../shared/format.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import { cursor as newCursor } from "../../../charts/cursor.ts";
import { TimeAxis } from "../../../charts/time-axis.tsx";
import { TimeChart } from "../../../charts/time-chart.tsx";
import { timeTicks } from "../../../charts/time-ticks.ts";
import { Tooltip } from "../../../charts/tooltip.tsx";
import { useWidth } from "../../../charts/use-width.ts";
import { latest, latestAt } from "../../../state/series.ts";
import { choose, useUi } from "../../../state/ui.ts";
import { useWatched } from "../../../state/use-watched.ts";
import { offsetHere, useWords } from "../../../state/words.ts";
import { useWorld } from "../../../state/world.ts";
import { type ChartKind, type Hour, hourPicture, rangeOf } from "./hour.ts";
import { useHourRows } from "./hour-rows.ts";
import { HourTable } from "./hour-table.tsx";
import { useHour } from "./use-hour.ts";
import "./hour-chart.css";

const height = 104;
const mib = 1024 * 1024;
const minute = 60_000;
const step = 10_000;
/** Where the plot begins: the labels of the axis and the space after them. */
const plotLeft = 40;
const nothing: Hour = { at: [], step: [], figures: {} };

type HourChartProps = { readonly instance: Instance; readonly kind: ChartKind };

/** The hour of what a finding is about: the limit as a stepped line, kills as red lines. T, or the button, shows it as a table. */
export function HourChart({ instance, kind }: HourChartProps) {
  const words = useWords();
  const { chart, lasts, chartFinding, asTable: asTableWord } = words.limits.case;
  const asTable = useUi((ui) => ui.asTable);
  const told = useHour(instance.id, kind);
  const drawn = told ?? nothing;
  // A step of the chart, not each second: it moves by one bar.
  const to = useWatched(
    () => Math.ceil((latestAt(instance.id) ?? useWorld.getState().at ?? 0) / step) * step,
    [instance.id],
  );
  const range = rangeOf(drawn, to);
  const span = useMemo(() => ({ from: to - range * minute, to }), [to, range]);
  const title = chart[kind](lasts[range]);
  const [cursor] = useState(newCursor);
  const measure = useRef<HTMLDivElement>(null);
  const width = useWidth(measure, "self");
  const offset = offsetHere();
  const { ticks } = useMemo(() => timeTicks(span, width, offset), [span, width, offset]);
  const pidsLimit = kind === "pids" ? (latest(instance.id)?.pidsLimit ?? null) : null;
  const picture = useMemo(
    () => hourPicture(kind, drawn, { span, moments: ticks, height }, pidsLimit),
    [kind, drawn, span, ticks, pidsLimit],
  );
  const all = useWorld((world) => world.events);
  const kills = useMemo(
    () =>
      all.filter(
        ({ at, kind: what, instance: whose }) =>
          what === "oom-kill" && whose === instance.id && at >= span.from && at <= span.to,
      ),
    [all, instance.id, span],
  );
  const finding = chartFinding(title, visible(instance.name, 60), kills.length);
  const rows = useHourRows(kind);
  const value = (name: FigureName, index: number) => {
    const known = drawn.figures[name]?.[index] ?? Number.NaN;
    return Number.isNaN(known) ? null : known;
  };
  const line = (index: number) =>
    rows.map(({ key, head, text, unit }) => `${head} ${text(value(key, index))} ${unit}`.trim()).join(", ");
  const toggle = (
    <h3>
      <span>{title}</span>
      <ToggleButton
        className="btn quiet only-icon"
        aria-label={asTableWord}
        isSelected={asTable}
        onChange={(on) => choose({ asTable: on })}
      >
        <Sheet className="icon" aria-hidden="true" />
      </ToggleButton>
    </h3>
  );
  if (asTable)
    return (
      <div className="hour-chart">
        {toggle}
        <HourTable caption={finding} hour={drawn} span={span} rows={rows} kills={kills.map(({ at }) => at)} />
      </div>
    );
  return (
    <div className="hour-chart">
      {toggle}
      <div className="chart-grid measured">
        <div ref={measure} className="measure" />
      </div>
      <TimeChart
        title={title}
        heading=""
        unit=""
        finding={finding}
        height={height}
        picture={picture}
        levelTexts={picture.levels.map((level) => levelText(kind, level))}
        ends={[]}
        events={kills.map(({ at }) => ({ key: `${at}`, at, grave: true }))}
        gaps={[]}
        cursor={cursor}
        describe={line}
        onZoom={() => undefined}
      />
      <TimeAxis span={span} width={width} ticks={ticks} text={(at) => clockTime(at, offset).slice(0, 5)} />
      <Tooltip
        cursor={cursor}
        at={drawn.at}
        span={span}
        left={plotLeft}
        width={width}
        rows={(index) =>
          rows
            .filter(({ key }) => value(key, index) !== null)
            .map(({ key, head, text, unit, swatch }) => ({
              key,
              name: head,
              value: `${text(value(key, index))} ${unit}`.trim(),
              ...(swatch === undefined ? {} : { swatch }),
            }))
        }
        time={(at) => clockTime(at, offset)}
      />
    </div>
  );
}

function levelText(kind: ChartKind, level: number): string {
  if (kind === "memory" || kind === "memoryVm")
    return level > 0 && level < mib ? tick(level / mib) : mebibytes(level);
  if (kind === "cpu") return level === 0 ? count(0) : cores(level);
  if (kind === "pressure") return percent(level);
  return kind === "io" ? rate(level) : count(level);
}
