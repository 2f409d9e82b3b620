import type { Kind } from "../../../shared/model/instance.ts";
import { type Frame, type Framed, framed } from "../../charts/framed.ts";
import { gaps } from "../../charts/gaps.ts";
import { firstFrom } from "../../charts/nearest.ts";
import type { Mark, Picture } from "../../charts/plot.ts";
import type { Span } from "../../charts/span.ts";
import { largest, stacked } from "../../charts/stacked.ts";
import type { Timeline } from "./timeline.ts";

/** What of a container's memory is told apart. */
export type MemoryParts = "split" | "whole" | "guest";

/** Time at the right end that is no gap: the newest sample is up to this old. */
const slack = 3_500;

/** How finely the memory of this timeline is told: a guest's use, net and cache, or only the sum. */
export function partsOf(kind: Kind, { figures }: Timeline): MemoryParts {
  const any = (values: readonly number[]) => values.some((value) => !Number.isNaN(value));
  if (kind === "vm" && any(figures.inUse)) return "guest";
  return kind === "container" && any(figures.net) ? "split" : "whole";
}

/** Whether "other" is shown: over 1 % of what is charged, anywhere in sight. */
export function showsOther({ figures, at }: Timeline, span: Span): boolean {
  const to = firstFrom(at, span.to + 1);
  for (let index = firstFrom(at, span.from); index < to; index++)
    if ((figures.other[index] as number) > (figures.gross[index] as number) / 100) return true;
  return false;
}

/** Memory: parts of a container stacked under its limit, or a guest's use inside what the host gave it. */
export function memoryPicture(kind: Kind, timeline: Timeline, frame: Frame): Framed {
  const { figures } = timeline;
  const limit: Mark = { kind: "limit", values: figures.memoryLimit };
  const parts = partsOf(kind, timeline);
  if (parts === "split") {
    const other = showsOther(timeline, frame.span);
    const layers = stacked([
      figures.net,
      figures.cache,
      figures.tareKernel,
      ...(other ? [figures.other] : []),
    ]);
    const looks = [
      { filling: "solid", hue: "ct" },
      { filling: "light", hue: "ct" },
      { filling: "hatched", hue: "ct" },
      { filling: "light", hue: "rule" },
    ] as const;
    const marks = layers.flatMap(({ low, high }, index): Mark[] => {
      const look = looks[index];
      return look ? [{ kind: "area", low, high, ...look }] : [];
    });
    const top = layers.at(-1)?.high ?? figures.net;
    return framed(
      timeline,
      frame,
      "bytes",
      [top],
      figures.memoryLimit,
      figures.net,
      [...marks, limit],
      slack,
    );
  }
  const hue = kind === "vm" ? "vm" : "ct";
  const zero = new Float64Array(figures.gross.length);
  const line: Mark = { kind: "line", values: figures.gross, colour: hue, style: "solid" };
  const marks: readonly Mark[] =
    parts === "whole"
      ? [{ kind: "area", low: zero, high: figures.gross, filling: "level", hue }, line]
      : [
          { kind: "area", low: zero, high: figures.gross, filling: "light", hue },
          { kind: "area", low: zero, high: figures.inUse, filling: "level", hue },
          line,
        ];
  return framed(
    timeline,
    frame,
    "bytes",
    [figures.gross],
    figures.memoryLimit,
    figures.gross,
    [...marks, limit],
    slack,
  );
}

/** CPU: cores used under their quota (a VM: under its vCPUs), with what was throttled hanging from the top. */
export function cpuPicture(kind: Kind, timeline: Timeline, frame: Frame): Framed {
  const { figures, coresMin, coresMax } = timeline;
  const hue = kind === "vm" ? "vm" : "ct";
  const marks: readonly Mark[] = [
    { kind: "throttled", shares: figures.throttledShare },
    { kind: "area", low: coresMin, high: coresMax, filling: "faint", hue },
    { kind: "line", values: figures.cores, colour: hue, style: "solid" },
    { kind: "limit", values: figures.cpuLimit },
  ];
  return framed(timeline, frame, "cores", [coresMax], figures.cpuLimit, figures.cores, marks, slack);
}

/** Pressure: shares of time in which some task waited, told apart by the style of the line; grey: all waited, for memory. */
export function pressurePicture(timeline: Timeline, frame: Frame): Framed {
  const { pressureCpu, pressureIo, pressureMemory, pressureMemoryFull } = timeline.figures;
  const zero = new Float64Array(timeline.at.length);
  const marks: readonly Mark[] = [
    { kind: "area", low: zero, high: pressureMemoryFull, filling: "light", hue: "rule" },
    { kind: "line", values: pressureCpu, colour: "ink-3", style: "light" },
    { kind: "line", values: pressureIo, colour: "ink-2", style: "dashed" },
    { kind: "line", values: pressureMemory, colour: "ink", style: "solid" },
  ];
  const known = pressureMemory.map((value, index) =>
    Number.isNaN(value) ? (pressureCpu[index] ?? Number.NaN) : value,
  );
  // Less than a tenth of a percent is noise: it must not fill the plot.
  const least = new Float64Array(timeline.at.length).fill(0.01);
  return framed(
    timeline,
    frame,
    "fraction",
    [pressureCpu, pressureIo, pressureMemory, least],
    null,
    known,
    marks,
    slack,
  );
}

/** A small chart of one or two figures, the first in the instance's hue. `least`: what the upper edge is at the least. */
export function smallPicture(
  kind: Kind,
  timeline: Timeline,
  span: Span,
  names: readonly ["received", "sent"] | readonly ["read", "written"] | readonly ["pids"],
  least: number,
): Picture {
  const [first, second] = names;
  const values = names.map((name) => timeline.figures[name]);
  const [from, to] = [firstFrom(timeline.at, span.from), firstFrom(timeline.at, span.to + 1)];
  const steps = { at: timeline.at, step: timeline.step };
  return {
    span,
    steps,
    high: Math.max(least, largest(values, from, to) * 1.08),
    levels: [],
    moments: [],
    marks: [
      ...(second === undefined
        ? []
        : [{ kind: "line", values: timeline.figures[second], colour: "ink-3", style: "thin" } as const]),
      { kind: "line", values: timeline.figures[first], colour: kind === "vm" ? "vm" : "ct", style: "light" },
    ],
    gaps: gaps(timeline.figures[first], steps, span, slack),
  };
}
