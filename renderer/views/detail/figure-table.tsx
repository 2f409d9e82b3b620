import { useMemo } from "react";
import { clockTime, cores, count, mebibytesFine, percent, rate } from "../../../shared/format.ts";
import { bucketed } from "../../charts/bucketed.ts";
import { ChartTable, type TableColumn } from "../../charts/chart-table.tsx";
import { offsetHere, useWords } from "../../state/words.ts";
import type { ChartsProps } from "./large-charts.tsx";
import type { Charted } from "./timeline.ts";

/** Rows of the table at most: more are dearer to draw than worth reading. */
const mostRows = 60;
const written = (text: (value: number | null) => string) => (value: number) =>
  text(Number.isNaN(value) ? null : value);

/** The same figures as the charts', as a table: what is not known throughout has no column. */
export function FigureTable({ instance, timeline, span, happened }: ChartsProps) {
  const { detail: words, frame } = useWords();
  const vm = instance.kind === "vm";
  const offset = offsetHere();
  const every: readonly (TableColumn & { readonly key: Charted })[] = [
    {
      key: "gross",
      head: vm ? words.resident : words.grossWord,
      unit: words.mib,
      text: written(mebibytesFine),
    },
    { key: "net", head: words.net, unit: words.mib, text: written(mebibytesFine) },
    { key: "cache", head: words.cache, unit: words.mib, text: written(mebibytesFine) },
    { key: "tareKernel", head: words.kernel, unit: words.mib, text: written(mebibytesFine) },
    { key: "inUse", head: words.used, unit: words.mib, text: written(mebibytesFine) },
    {
      key: "memoryLimit",
      head: vm ? words.ends.size : words.ends.limit,
      unit: words.mib,
      text: written(mebibytesFine),
    },
    { key: "cores", head: words.cpu, unit: words.coresUnit, text: written(cores) },
    {
      key: "cpuLimit",
      head: vm ? words.ends.vcpus : words.ends.quota,
      unit: words.coresUnit,
      text: written(cores),
    },
    { key: "throttledShare", head: words.tip.throttled, unit: words.percentUnit, text: written(percent) },
    { key: "pressureMemory", head: words.pressureMemory, unit: words.percentUnit, text: written(percent) },
    { key: "pressureIo", head: words.pressureIo, unit: words.percentUnit, text: written(percent) },
    { key: "pressureCpu", head: words.pressureCpu, unit: words.percentUnit, text: written(percent) },
    {
      key: "pressureMemoryFull",
      head: words.ends.memoryFull,
      unit: words.percentUnit,
      text: written(percent),
    },
    { key: "received", head: words.received, unit: words.rate, text: written(rate) },
    { key: "sent", head: words.sent, unit: words.rate, text: written(rate) },
    { key: "read", head: words.read, unit: words.rate, text: written(rate) },
    { key: "written", head: words.written, unit: words.rate, text: written(rate) },
    { key: "pids", head: vm ? words.threads : words.pids, unit: "", text: written(count) },
  ];
  const columns = every.filter(({ key }) => timeline.figures[key].some((value) => !Number.isNaN(value)));
  const keys = columns.map(({ key }) => key).join(" ");
  const { length, rows } = useMemo(
    () =>
      bucketed(
        keys === "" ? [] : keys.split(" ").map((key) => timeline.figures[key as Charted]),
        timeline,
        span,
        mostRows,
      ),
    [keys, timeline, span],
  );
  return (
    <ChartTable
      caption={rows.length === 0 ? words.tableEmpty : words.table(frame.duration(length))}
      timeHead={words.time}
      noteHead={words.eventsInTable}
      columns={columns}
      rows={rows.map(({ from, to, means }) => ({
        key: String(from),
        time: clockTime(from, offset),
        values: means,
        note: happened
          .filter(({ at }) => at >= from && at < to)
          .map(({ kind, detail }) => words.event(kind, detail))
          .join(", "),
      }))}
    />
  );
}
