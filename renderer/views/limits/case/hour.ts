import type { FigureName } from "../../../../shared/figures.ts";
import type { Kind } from "../../../../shared/model/instance.ts";
import type { Millis } from "../../../../shared/model/units.ts";
import type { Series } from "../../../../shared/wire/calls.ts";
import type { AxisKind } from "../../../charts/axis.ts";
import { type Frame, framed } from "../../../charts/framed.ts";
import type { Mark, Picture } from "../../../charts/plot.ts";
import type { Values } from "../../../charts/runs.ts";
import { stacked } from "../../../charts/stacked.ts";

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

/** Time at the right end that is no gap: the newest sample is up to this old. */
const slack: Millis = 12_000;

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
        return underLimit(
          hour,
          frame,
          "bytes",
          [of("workingSet")],
          of("memoryLimit"),
          of("workingSet"),
          marks,
        );
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
      return underLimit(
        hour,
        frame,
        "bytes",
        [layers.at(-1)?.high ?? []],
        of("memoryLimit"),
        of("net"),
        marks,
      );
    }
    case "memoryVm": {
      const zero = new Float64Array(hour.at.length);
      const marks: readonly Mark[] = [
        { kind: "area", low: zero, high: of("gross"), filling: "light", hue: "vm" },
        { kind: "area", low: zero, high: of("inUse"), filling: "level", hue: "vm" },
        { kind: "line", values: of("gross"), colour: "vm", style: "solid" },
      ];
      return underLimit(hour, frame, "bytes", [of("gross")], of("memoryLimit"), of("gross"), marks);
    }
    case "cpu": {
      const marks: readonly Mark[] = [
        { kind: "throttled", shares: of("throttledShare") },
        { kind: "line", values: of("cores"), colour: "ct", style: "solid" },
      ];
      return underLimit(hour, frame, "cores", [of("cores")], of("cpuLimit"), of("cores"), marks);
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
      return underLimit(hour, frame, "fraction", shown, null, of("pressureCpu"), marks);
    }
    case "pids": {
      const limit = pidsLimit === null ? null : hour.at.map(() => pidsLimit);
      const marks: readonly Mark[] = [{ kind: "line", values: of("pids"), colour: "ct", style: "solid" }];
      return underLimit(hour, frame, "fraction", [of("pids")], limit, of("pids"), marks);
    }
    case "io": {
      const marks: readonly Mark[] = [
        { kind: "line", values: of("written"), colour: "ink-2", style: "dashed" },
        { kind: "line", values: of("read"), colour: "ct", style: "solid" },
      ];
      return underLimit(hour, frame, "fraction", [of("read"), of("written")], null, of("read"), marks);
    }
  }
}

/** The limit is drawn where the axis reaches it. */
function underLimit(
  hour: Hour,
  frame: Frame,
  kind: AxisKind,
  shown: readonly Values[],
  limits: Values | null,
  known: Values,
  marks: readonly Mark[],
): Picture {
  const { limitAbove, ...picture } = framed(hour, frame, kind, shown, limits, known, marks, slack);
  return limits === null || limitAbove
    ? picture
    : { ...picture, marks: [...marks, { kind: "limit", values: limits }] };
}
