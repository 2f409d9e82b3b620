import { useMemo, useRef, useState } from "react";
import type { FigureName } from "../../../../shared/figures.ts";
import {
  clockTime,
  cores,
  count,
  mebibytes,
  mebibytesFine,
  percent,
  percentFine,
  rate,
  visible,
} from "../../../../shared/format.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import { bucketed } from "../../../charts/bucketed.ts";
import { ChartTable } from "../../../charts/chart-table.tsx";
import { cursor as newCursor } from "../../../charts/cursor.ts";
import { TimeAxis } from "../../../charts/time-axis.tsx";
import { TimeChart } from "../../../charts/time-chart.tsx";
import { timeTicks } from "../../../charts/time-ticks.ts";
import { Tooltip } from "../../../charts/tooltip.tsx";
import { useWidth } from "../../../charts/use-width.ts";
import { latest, latestAt } from "../../../state/series.ts";
import { useUi } from "../../../state/ui.ts";
import { useWatched } from "../../../state/use-watched.ts";
import { offsetHere, useWords } from "../../../state/words.ts";
import { useWorld } from "../../../state/world.ts";
import { type ChartKind, type Hour, hourPicture } from "./hour.ts";
import { useHour } from "./use-hour.ts";
import "./hour-chart.css";

const height = 104;
const hour = 3_600_000;
const step = 10_000;
/** Where the plot begins: the labels of the axis and the space after them. */
const plotLeft = 40;
const mostRows = 60;
const nothing: Hour = { at: [], step: [], figures: {} };

type HourChartProps = { readonly instance: Instance; readonly kind: ChartKind };

/** The hour of what a finding is about: the limit as a stepped line, kills as red lines. T shows it as a table. */
export function HourChart({ instance, kind }: HourChartProps) {
  const words = useWords();
  const { chart, chartFinding } = words.limits.case;
  const asTable = useUi((ui) => ui.asTable);
  const told = useHour(instance.id, kind);
  const drawn = told ?? nothing;
  // A step of the chart, not each second: it moves by one bar.
  const to = useWatched(
    () => Math.ceil((latestAt(instance.id) ?? useWorld.getState().at ?? 0) / step) * step,
    [instance.id],
  );
  const span = useMemo(() => ({ from: to - hour, to }), [to]);
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
  const finding = chartFinding(chart[kind], visible(instance.name, 60), kills.length);
  const rows = useRows(kind);
  const value = (name: FigureName, index: number) => {
    const known = drawn.figures[name]?.[index] ?? Number.NaN;
    return Number.isNaN(known) ? null : known;
  };
  const line = (index: number) =>
    rows.map(({ key, head, text, unit }) => `${head} ${text(value(key, index))} ${unit}`.trim()).join(", ");
  if (asTable)
    return (
      <HourTable caption={finding} hour={drawn} span={span} rows={rows} kills={kills.map(({ at }) => at)} />
    );
  return (
    <div className="hour-chart">
      <h3>{chart[kind]}</h3>
      <div className="chart-grid measured">
        <div ref={measure} className="measure" />
      </div>
      <TimeChart
        title={chart[kind]}
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
  if (kind === "memory" || kind === "memoryVm") return mebibytes(level);
  if (kind === "cpu") return level === 0 ? count(0) : cores(level);
  if (kind === "pressure") return percent(level);
  return kind === "io" ? rate(level) : count(level);
}

type Row = {
  readonly key: FigureName;
  readonly head: string;
  readonly unit: string;
  readonly text: (value: number | null) => string;
  readonly swatch?: string;
};

/** What stands at a moment of the chart: rows of its tooltip, columns of its table. */
function useRows(kind: ChartKind): readonly Row[] {
  const { detail, limits } = useWords();
  const { pressures } = limits.case;
  const memory = (key: FigureName, head: string, swatch?: string): Row => ({
    key,
    head,
    unit: detail.mib,
    text: mebibytesFine,
    ...(swatch === undefined ? {} : { swatch }),
  });
  const share = (key: FigureName, head: string): Row => ({
    key,
    head,
    unit: detail.percentUnit,
    text: percentFine,
  });
  const rows: { readonly [kind in ChartKind]: readonly Row[] } = {
    memory: [
      memory("net", detail.net, "net"),
      memory("cache", detail.cache, "cache"),
      memory("tareKernel", detail.kernel, "tare"),
      memory("workingSet", limits.legend.workingSet),
      memory("memoryLimit", detail.ends.limit),
    ],
    memoryVm: [
      memory("gross", detail.resident),
      memory("inUse", detail.used, "mixed"),
      memory("memoryLimit", detail.ends.size),
    ],
    cpu: [
      { key: "cores", head: detail.cpu, unit: detail.coresUnit, text: cores },
      { key: "cpuLimit", head: detail.ends.quota, unit: detail.coresUnit, text: cores },
      share("throttledShare", detail.tip.throttled),
    ],
    pressure: [
      share("pressureMemory", pressures.memory),
      share("pressureCpu", pressures.cpu),
      share("pressureIo", pressures.io),
    ],
    pids: [{ key: "pids", head: detail.pids, unit: "", text: count }],
    io: [
      { key: "read", head: detail.read, unit: detail.rate, text: rate },
      { key: "written", head: detail.written, unit: detail.rate, text: rate },
    ],
  };
  return rows[kind];
}

function HourTable(props: {
  readonly caption: string;
  readonly hour: Hour;
  readonly span: { readonly from: number; readonly to: number };
  readonly rows: readonly Row[];
  readonly kills: readonly number[];
}) {
  const { caption, hour: kept, span, rows, kills } = props;
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
