import {
  bytes,
  cores,
  count,
  mebibytes,
  mebibytesFine,
  percent,
  percentFine,
  rate,
} from "../../../shared/format.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Words } from "../../../shared/words/words.ts";
import type { EndLabel } from "../../charts/time-chart.tsx";
import type { TooltipRow } from "../../charts/tooltip.tsx";
import { type MemoryParts, partsOf } from "./pictures.ts";
import type { Charted, Timeline } from "./timeline.ts";

type W = Words["detail"];

/** The value of a figure at a step; null where it is unknown. */
export function valueAt({ figures }: Timeline, name: Charted, index: number): number | null {
  const value = figures[name][index] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}

const sum = (...values: readonly (number | null)[]) =>
  values.reduce<number | null>((all, each) => (each === null ? all : (all ?? 0) + each), null);

/** What the kernel charges to the cgroup: the parts without the helpers, which are outside of it. */
const chargedAt = (timeline: Timeline, index: number) =>
  sum(...(["net", "cache", "tareKernel", "other"] as const).map((name) => valueAt(timeline, name, index)));

/** Rows of the tooltip at a step. */
export function tooltipRows(words: W, kind: Kind, timeline: Timeline, index: number): readonly TooltipRow[] {
  const at = (name: Charted) => valueAt(timeline, name, index);
  const mib = (value: number | null) =>
    value === null ? mebibytes(null) : words.tip.mib(mebibytesFine(value));
  const parts = partsOf(kind, timeline);
  const rows: TooltipRow[] = memoryRows(words, parts, timeline, index, mib);
  const limit = at("memoryLimit");
  const used = kind === "vm" ? at("gross") : at("workingSet");
  if (limit !== null && used !== null)
    rows.push({ key: "used", name: words.tip.limitUsed, value: words.tip.percent(percent(used / limit)) });
  const quota = at("cpuLimit");
  rows.push({
    key: "cpu",
    name: words.tip.cpu,
    value: quota === null ? cores(at("cores")) : words.tip.of(cores(at("cores")), cores(quota)),
  });
  const throttled = at("throttledShare");
  if (throttled !== null && throttled > 0)
    rows.push({
      key: "throttled",
      name: words.tip.throttled,
      value: words.tip.ofPeriods(percent(throttled)),
      grave: true,
    });
  const stalled = at("pressureMemoryFull");
  if (stalled !== null && stalled > 0)
    rows.push({
      key: "stalled",
      name: words.ends.memoryFull,
      value: words.tip.percent(percentFine(stalled)),
    });
  return rows;
}

function memoryRows(
  words: W,
  parts: MemoryParts,
  timeline: Timeline,
  index: number,
  mib: (value: number | null) => string,
): TooltipRow[] {
  const at = (name: Charted) => valueAt(timeline, name, index);
  if (parts === "split") {
    const other = at("other");
    const gross = at("gross");
    const tells = other !== null && gross !== null && other > gross / 100;
    return [
      { key: "net", swatch: "net", name: words.net, value: mib(at("net")) },
      { key: "cache", swatch: "cache", name: words.cache, value: mib(at("cache")) },
      { key: "kernel", swatch: "tare", name: words.kernel, value: mib(at("tareKernel")) },
      ...(tells ? [{ key: "other", swatch: "other", name: words.other, value: mib(other) }] : []),
      { key: "sum", name: words.tip.inCgroup, value: mib(chargedAt(timeline, index)), sum: true },
    ];
  }
  const [gross, inUse] = [at("gross"), at("inUse")];
  if (parts === "whole") return [{ key: "gross", swatch: "mixed", name: words.resident, value: mib(gross) }];
  return [
    { key: "used", swatch: "mixed", name: words.ends.used, value: mib(inUse) },
    {
      key: "held",
      swatch: "held",
      name: words.ends.held,
      value: mib(gross === null || inUse === null ? null : Math.max(0, gross - inUse)),
    },
    { key: "resident", name: words.ends.resident, value: mib(gross), sum: true },
  ];
}

/** What the memory chart shows at a step, as a line of words for the slider. */
export const memoryAt = (words: W, kind: Kind, timeline: Timeline, index: number): string =>
  memoryRows(words, partsOf(kind, timeline), timeline, index, (value) => bytes(value))
    .map(({ name, value }) => `${name} ${value}`)
    .join(", ");

/** The same of CPU. */
export function cpuAt(words: W, timeline: Timeline, index: number): string {
  const throttled = valueAt(timeline, "throttledShare", index);
  const used = valueAt(timeline, "cores", index);
  return [
    used === null ? words.tip.notMeasured : words.tip.cores(cores(used)),
    ...(throttled !== null && throttled > 0
      ? [`${words.tip.throttled} ${words.tip.ofPeriods(percent(throttled))}`]
      : []),
  ].join(", ");
}

const pressures = [
  ["memory", "pressureMemory"],
  ["io", "pressureIo"],
  ["cpu", "pressureCpu"],
  ["memoryFull", "pressureMemoryFull"],
] as const;
/** Those that stand at the end of the chart; the others are read at the crosshair and in the table. */
const atEnd: ReadonlySet<Charted> = new Set(["pressureMemory", "pressureIo", "pressureCpu"]);

/** The same of pressure. */
export const pressureAt = (words: W, timeline: Timeline, index: number): string =>
  pressures
    .filter(([, name]) => atEnd.has(name) || valueAt(timeline, name, index) !== null)
    .map(([word, name]) => {
      const value = valueAt(timeline, name, index);
      return `${words.ends[word]} ${value === null ? words.tip.notMeasured : words.tip.percent(percentFine(value))}`;
    })
    .join(", ");

/** Figures of the small charts, with their unit. */
export const networkText = (words: W, timeline: Timeline, index: number): string =>
  words.tip.mbs(
    words.inOut(rate(valueAt(timeline, "received", index)), rate(valueAt(timeline, "sent", index))),
  );
export const diskText = (words: W, timeline: Timeline, index: number): string =>
  words.tip.mbs(
    words.inOut(rate(valueAt(timeline, "read", index)), rate(valueAt(timeline, "written", index))),
  );
export const pidsText = (timeline: Timeline, index: number): string =>
  count(valueAt(timeline, "pids", index));

/** A limit's label; where it lies above the axis it stands at the top with an arrow. */
function limitEnd(
  words: W,
  name: string,
  value: number | null,
  text: (value: number) => string,
  above: boolean,
): readonly EndLabel[] {
  if (value === null) return [];
  return [
    {
      key: "limit",
      name,
      figure: above ? words.ends.above(text(value)) : text(value),
      at: above ? Number.POSITIVE_INFINITY : value,
    },
  ];
}

/** Labels at the end of the memory chart, from the last step (`index`). */
export function memoryEnds(
  words: W,
  kind: Kind,
  timeline: Timeline,
  index: number,
  above: boolean,
  other: boolean,
): readonly EndLabel[] {
  const at = (name: Charted) => valueAt(timeline, name, index);
  const end = (key: keyof W["ends"] & string, value: number | null, place: number): readonly EndLabel[] =>
    value === null ? [] : [{ key, name: words.ends[key] as string, figure: mebibytes(value), at: place }];
  const limitName = kind === "vm" ? words.ends.size : words.ends.limit;
  const limit = limitEnd(words, limitName, at("memoryLimit"), mebibytes, above);
  const gross = at("gross");
  const parts = partsOf(kind, timeline);
  if (parts === "whole") return [...limit, ...end(kind === "vm" ? "resident" : "gross", gross, gross ?? 0)];
  if (parts === "guest") {
    const inUse = at("inUse");
    if (inUse === null) return [...limit, ...end("resident", gross, gross ?? 0)];
    const held = Math.max(0, (gross ?? 0) - inUse);
    return [
      ...limit,
      ...end("resident", gross, gross ?? 0),
      ...end("held", gross === null ? null : held, inUse + held / 2),
      ...end("used", inUse, inUse / 2),
    ];
  }
  const labels: EndLabel[] = [];
  let floor = 0;
  for (const [key, name] of [
    ["net", "net"],
    ["cache", "cache"],
    ["kernel", "tareKernel"],
    ["other", "other"],
  ] as const) {
    const value = at(name);
    if (value === null || (key === "other" && !other)) continue;
    labels.push(...end(key, value, floor + value / 2));
    floor += value;
  }
  return [...limit, ...labels.reverse()];
}

export function cpuEnds(
  words: W,
  kind: Kind,
  timeline: Timeline,
  index: number,
  above: boolean,
): readonly EndLabel[] {
  const used = valueAt(timeline, "cores", index);
  const name = kind === "vm" ? words.ends.vcpus : words.ends.quota;
  const text = kind === "vm" ? count : cores;
  return [
    ...limitEnd(words, name, valueAt(timeline, "cpuLimit", index), text, above),
    ...(used === null ? [] : [{ key: "used", name: words.ends.used, figure: cores(used), at: used }]),
  ];
}

export const pressureEnds = (words: W, timeline: Timeline, index: number): readonly EndLabel[] =>
  pressures.flatMap(([word, name]) => {
    const value = valueAt(timeline, name, index);
    return value === null || !atEnd.has(name)
      ? []
      : [{ key: word, name: words.ends[word], figure: percentFine(value), at: value }];
  });
