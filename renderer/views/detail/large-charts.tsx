import { useMemo } from "react";
import { cores, count, mebibytes, percent, visible } from "../../../shared/format.ts";
import type { Event } from "../../../shared/model/event.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Cursor } from "../../charts/cursor.ts";
import { firstFrom } from "../../charts/nearest.ts";
import type { Picture } from "../../charts/plot.ts";
import type { Span } from "../../charts/span.ts";
import { largest } from "../../charts/stacked.ts";
import { type NamedGap, TimeChart } from "../../charts/time-chart.tsx";
import { Meaning } from "../../meaning/meaning.tsx";
import { useWords } from "../../state/words.ts";
import { gapReason, isGrave } from "./happenings.ts";
import { cpuPicture, memoryPicture, pressurePicture, showsOther } from "./pictures.ts";
import type { Timeline } from "./timeline.ts";
import { cpuAt, cpuEnds, memoryAt, memoryEnds, pressureAt, pressureEnds, valueAt } from "./told.ts";

export type ChartsProps = {
  readonly instance: Instance;
  /** Every step there is: what the labels tell. */
  readonly timeline: Timeline;
  /** The same in steps that a plot of this span can show: what is drawn and pointed at. */
  readonly drawn: Timeline;
  readonly span: Span;
  /** Events inside `span`. */
  readonly happened: readonly Event[];
  readonly cursor: Cursor;
  /** Labelled moments of the time axis. */
  readonly moments: readonly number[];
  readonly onZoom: (span: Span) => void;
  /** The time range in words. */
  readonly rangeWords: string;
};

/** CSS pixels of the plots. */
const heights = { memory: 184, memoryVm: 192, cpu: 106, pressure: 76 } as const;

export function LargeCharts(props: ChartsProps) {
  const { instance, timeline, span, happened, cursor, onZoom } = props;
  const firstKnown = timeline.at[timeline.figures.gross.findIndex((value) => !Number.isNaN(value))] ?? null;
  const words = useWords().detail;
  const known = (name: "pressureMemory" | "pressureCpu") =>
    timeline.figures[name].some((value) => !Number.isNaN(value));
  const hasPressure = instance.kind === "container" && (known("pressureMemory") || known("pressureCpu"));
  // The last step inside the span: what the labels at the end tell.
  const index = firstFrom(timeline.at, span.to + 1) - 1;
  const events = happened.map(({ at, kind }) => ({ key: `${at} ${kind}`, at, grave: isGrave(kind) }));
  const named = (picture: Picture): readonly NamedGap[] =>
    picture.gaps.map((gap) => ({
      ...gap,
      reason: words.gap[gapReason(gap, happened, instance, firstKnown)],
    }));
  const shared = { cursor, onZoom, events };
  return (
    <>
      <Memory {...props} index={index} shared={shared} named={named} />
      <Cpu {...props} index={index} shared={shared} named={named} />
      {hasPressure && <Pressure {...props} index={index} shared={shared} named={named} />}
    </>
  );
}

type OneChart = ChartsProps & {
  readonly index: number;
  readonly shared: Pick<Parameters<typeof TimeChart>[0], "cursor" | "onZoom" | "events">;
  readonly named: (picture: Picture) => readonly NamedGap[];
};

function Memory({
  instance,
  timeline,
  drawn,
  span,
  moments,
  happened,
  rangeWords,
  index,
  shared,
  named,
}: OneChart) {
  const words = useWords().detail;
  const { kind, name } = instance;
  const height = kind === "vm" ? heights.memoryVm : heights.memory;
  const picture = useMemo(
    () => memoryPicture(kind, drawn, { span, moments, height }),
    [kind, drawn, span, moments, height],
  );
  const limit = valueAt(timeline, "memoryLimit", index);
  const used = valueAt(timeline, "workingSet", index);
  const kills = happened.filter((event) => event.kind === "oom-kill").length;
  const finding =
    kind === "vm"
      ? words.finding.memoryVm(
          visible(name),
          rangeWords,
          mebibytes(valueAt(timeline, "gross", index)),
          limit === null ? null : mebibytes(limit),
        )
      : words.finding.memory(
          visible(name),
          rangeWords,
          limit === null || used === null ? null : percent(used / limit),
          kills,
        );
  const unit =
    kind === "vm" ? words.memoryUnitVm : instance.weighed === "api" ? words.memoryUnitApi : words.memoryUnit;
  return (
    <TimeChart
      {...shared}
      title={words.memory}
      heading={<Meaning of="gross">{words.memory}</Meaning>}
      unit={unit}
      finding={finding}
      height={height}
      picture={picture}
      levelTexts={picture.levels.map(mebibytes)}
      ends={memoryEnds(words, kind, timeline, index, picture.limitAbove, showsOther(timeline, span))}
      gaps={named(picture)}
      describe={(step) => memoryAt(words, kind, drawn, step)}
    />
  );
}

function Cpu({ instance, timeline, drawn, span, moments, rangeWords, index, shared }: OneChart) {
  const words = useWords().detail;
  const { kind, name } = instance;
  const picture = useMemo(
    () => cpuPicture(kind, drawn, { span, moments, height: heights.cpu }),
    [kind, drawn, span, moments],
  );
  const limit = valueAt(timeline, "cpuLimit", index);
  const throttled = largest([timeline.figures.throttledShare], firstFrom(timeline.at, span.from), index + 1);
  const quota = timeline.figures.throttledShare.some((value) => !Number.isNaN(value));
  // Below one core a tick is a part of a core; above, whole ones read better.
  const level = (picture.levels[1] ?? 1) < 1 ? cores : count;
  return (
    <TimeChart
      {...shared}
      title={words.cpu}
      heading={<Meaning of="cpu">{words.cpu}</Meaning>}
      unit={kind === "vm" ? words.cpuUnitVm : quota ? words.cpuUnitQuota : words.cpuUnit}
      finding={words.finding.cpu(
        visible(name),
        rangeWords,
        cores(valueAt(timeline, "cores", index)),
        limit === null ? null : kind === "vm" ? count(limit) : cores(limit),
        throttled > 0 ? percent(throttled) : null,
      )}
      height={heights.cpu}
      picture={picture}
      levelTexts={picture.levels.map((value) => (value === 0 ? count(0) : level(value)))}
      ends={cpuEnds(words, kind, timeline, index, picture.limitAbove)}
      gaps={[]}
      describe={(step) => cpuAt(words, drawn, step)}
    />
  );
}

function Pressure({ instance, timeline, drawn, span, moments, rangeWords, index, shared }: OneChart) {
  const words = useWords().detail;
  const picture = useMemo(
    () => pressurePicture(drawn, { span, moments, height: heights.pressure }),
    [drawn, span, moments],
  );
  const highest = largest([timeline.figures.pressureMemory], firstFrom(timeline.at, span.from), index + 1);
  return (
    <TimeChart
      {...shared}
      title={words.pressure}
      heading={<Meaning of="pressure">{words.pressure}</Meaning>}
      unit={words.pressureUnit}
      finding={words.finding.pressure(visible(instance.name), rangeWords, percent(highest))}
      height={heights.pressure}
      picture={picture}
      levelTexts={picture.levels.map((value) => percent(value))}
      ends={pressureEnds(words, timeline, index)}
      gaps={[]}
      describe={(step) => pressureAt(words, drawn, step)}
    />
  );
}
