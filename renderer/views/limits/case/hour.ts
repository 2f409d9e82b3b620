import type { FigureName } from "../../../../shared/figures.ts";
import type { Kind } from "../../../../shared/model/instance.ts";
import type { Millis } from "../../../../shared/model/units.ts";
import type { Series } from "../../../../shared/wire/calls.ts";
import { type AxisKind, axis } from "../../../charts/axis.ts";
import { gaps } from "../../../charts/gaps.ts";
import { firstFrom } from "../../../charts/nearest.ts";
import type { Mark, Picture } from "../../../charts/plot.ts";
import type { Values } from "../../../charts/runs.ts";
import type { Span } from "../../../charts/span.ts";
import { largest, stacked } from "../../../charts/stacked.ts";

/** What the case's chart can be of. */
export type ChartKind = "memory" | "memoryVm" | "cpu" | "pressure" | "pids" | "io";

/** Which figures each is drawn from; all of them are kept in the hour of history. */
export const figuresOf = {
  memory: ["net", "cache", "tareKernel", "other", "workingSet", "memoryLimit"],
  memoryVm: ["gross", "inUse", "memoryLimit"],
  cpu: ["cores", "cpuLimit", "throttledShare"],
  pressure: ["pressureMemory", "pressureCpu", "pressureIo"],
  pids: ["pids"],
  io: ["read", "written"],
} as const satisfies { readonly [kind in ChartKind]: readonly FigureName[] };

const ofFigure: { readonly [name in FigureName]?: ChartKind } = {
  cores: "cpu",
  cpuLimit: "cpu",
  cpuUsed: "cpu",
  throttledShare: "cpu",
  throttledTime: "cpu",
  pids: "pids",
  pidsLimit: "pids",
  pidsHits: "pids",
  pressureCpu: "pressure",
  pressureMemory: "pressure",
  pressureMemoryFull: "pressure",
  pressureIo: "pressure",
  pressureIoFull: "pressure",
  read: "io",
  readLimit: "io",
  written: "io",
  writeLimit: "io",
};

/** The chart that shows a figure's course: memory for every figure that is in bytes. */
export function chartOf(shows: FigureName, kind: Kind): ChartKind {
  return ofFigure[shows] ?? (kind === "vm" ? "memoryVm" : "memory");
}

/** An hour of some figures: `at` ascends; NaN is unknown. A mean of ten seconds stands at their middle. */
export type Hour = {
  readonly at: readonly Millis[];
  readonly step: readonly Millis[];
  readonly figures: { readonly [name in FigureName]?: readonly number[] };
};

const second: Millis = 1_000;

export function hourOf({ at, step, figures }: Series): Hour {
  const lengths = at.map((_, index) => step[index] ?? second);
  return {
    at: at.map((moment, index) => moment + ((lengths[index] ?? 0) > second ? (lengths[index] ?? 0) / 2 : 0)),
    step: lengths,
    figures: Object.fromEntries(
      Object.entries(figures).map(([name, values]) => [
        name,
        (values ?? []).map((value) => value ?? Number.NaN),
      ]),
    ),
  };
}

/** Minutes that the chart shows at the most, and where less than that is known. */
const ranges = [5, 15, 60] as const;
export type Range = (typeof ranges)[number];

/** How far back it goes: of who began three minutes ago, an hour would be a sliver. Nothing known: an hour. */
export function rangeOf({ at, figures }: Hour, to: Millis): Range {
  const first = at.findIndex((_, index) =>
    Object.values(figures).some((values) => !Number.isNaN(values[index] ?? Number.NaN)),
  );
  const age = to - (at[first] ?? Number.NEGATIVE_INFINITY);
  return ranges.find((minutes) => age <= minutes * 60_000) ?? 60;
}

/** A limit this many times above all that was used would flatten the plot: it stays outside. */
const farAbove = 4;
/** Time at the right end that is no gap: the newest sample is up to this old. */
const slack: Millis = 12_000;

type Frame = { readonly span: Span; readonly moments: readonly number[]; readonly height: number };

/** The plot of one chart. `pidsLimit`: history keeps none, so the present one stands for the hour. */
export function hourPicture(kind: ChartKind, hour: Hour, frame: Frame, pidsLimit: number | null): Picture {
  const of = (name: FigureName): Values => hour.figures[name] ?? hour.at.map(() => Number.NaN);
  switch (kind) {
    case "memory": {
      // Split only where it is known what the memory is of; else the working set alone.
      const isSplit = (hour.figures.net ?? []).some((value) => !Number.isNaN(value));
      if (!isSplit) {
        const marks: readonly Mark[] = [
          { kind: "line", values: of("workingSet"), colour: "ct", style: "solid" },
        ];
        return framed(hour, frame, "bytes", [of("workingSet")], of("memoryLimit"), of("workingSet"), marks);
      }
      const layers = stacked([of("net"), of("cache"), of("tareKernel")]);
      const looks = ["solid", "light", "hatched"] as const;
      const marks = layers.map(
        ({ low, high }, index): Mark => ({
          kind: "area",
          low,
          high,
          filling: looks[index] ?? "solid",
          hue: "ct",
        }),
      );
      return framed(hour, frame, "bytes", [layers.at(-1)?.high ?? []], of("memoryLimit"), of("net"), marks);
    }
    case "memoryVm": {
      const zero = new Float64Array(hour.at.length);
      const marks: readonly Mark[] = [
        { kind: "area", low: zero, high: of("gross"), filling: "light", hue: "vm" },
        { kind: "area", low: zero, high: of("inUse"), filling: "level", hue: "vm" },
        { kind: "line", values: of("gross"), colour: "vm", style: "solid" },
      ];
      return framed(hour, frame, "bytes", [of("gross")], of("memoryLimit"), of("gross"), marks);
    }
    case "cpu": {
      const marks: readonly Mark[] = [
        { kind: "throttled", shares: of("throttledShare") },
        { kind: "line", values: of("cores"), colour: "ct", style: "solid" },
      ];
      return framed(hour, frame, "cores", [of("cores")], of("cpuLimit"), of("cores"), marks);
    }
    case "pressure": {
      const marks: readonly Mark[] = [
        { kind: "line", values: of("pressureCpu"), colour: "ink-3", style: "light" },
        { kind: "line", values: of("pressureIo"), colour: "ink-2", style: "dashed" },
        { kind: "line", values: of("pressureMemory"), colour: "ink", style: "solid" },
      ];
      // Less than a per cent is noise: it must not fill the plot.
      const least = hour.at.map(() => 0.01);
      const shown = [of("pressureCpu"), of("pressureIo"), of("pressureMemory"), least];
      return framed(hour, frame, "fraction", shown, null, of("pressureCpu"), marks);
    }
    case "pids": {
      const limit = pidsLimit === null ? null : hour.at.map(() => pidsLimit);
      const marks: readonly Mark[] = [{ kind: "line", values: of("pids"), colour: "ct", style: "solid" }];
      return framed(hour, frame, "fraction", [of("pids")], limit, of("pids"), marks);
    }
    case "io": {
      const marks: readonly Mark[] = [
        { kind: "line", values: of("written"), colour: "ink-2", style: "dashed" },
        { kind: "line", values: of("read"), colour: "ct", style: "solid" },
      ];
      return framed(hour, frame, "fraction", [of("read"), of("written")], null, of("read"), marks);
    }
  }
}

function framed(
  hour: Hour,
  { span, moments, height }: Frame,
  kind: AxisKind,
  shown: readonly Values[],
  limits: Values | null,
  known: Values,
  marks: readonly Mark[],
): Picture {
  const [from, to] = [firstFrom(hour.at, span.from), firstFrom(hour.at, span.to + 1)];
  const most = largest(shown, from, to);
  const limit = limits === null ? 0 : largest([limits], from, to);
  const inside = limits !== null && (limit <= most * farAbove || most === 0);
  const { high, ticks } = axis(Math.max(most, inside ? limit : 0), kind, height);
  return {
    span,
    steps: { at: hour.at, step: hour.step },
    high,
    levels: ticks,
    moments,
    marks: inside && limits !== null ? [...marks, { kind: "limit", values: limits }] : marks,
    gaps: gaps(known, { at: hour.at, step: hour.step }, span, slack),
  };
}
