import { useRef } from "react";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Race } from "../../../shared/model/race.ts";
import type { Summary } from "../../../shared/race/summary.ts";
import { barHeight, PhaseBar } from "../../charts/phase-bar.tsx";
import { SvgGrid, SvgRuler } from "../../charts/svg-ruler.tsx";
import { useWidth } from "../../charts/use-width.ts";
import { useWords } from "../../state/words.ts";
import { millis } from "./figures.ts";
import { type Given, high, LaneName, laneFinding, type Place, Runs, runLength, stagesOf } from "./lane.tsx";
import { rulersOf, shownKinds } from "./lanes.ts";
import { LensPlot } from "./lens-plot.tsx";
import "./start-plots.css";

/** The labels' column with the gap behind it; narrow windows have less. */
const column = (width: number) => (width < 700 ? 84 : 100);

type PlotsProps = { readonly race: Race; readonly summary: Summary };

/** The phases of the median runs, every run as a dot, and the container's stretch through a lens. */
export function StartPlots({ race, summary }: PlotsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, "self");
  const kinds = shownKinds(summary);
  const rulers = rulersOf(summary);
  const left = column(width);
  const place: Place = { width, x: left, plot: Math.max(0, width - left - 1) };
  const given = { race, summary, kinds, rulers, place };
  return (
    <div ref={frame} className="start-plots">
      {width === 0 ? null : (
        <>
          <Gantt {...given} />
          <Dots {...given} />
          {rulers.lens === null ? null : <LensPlot {...given} lens={rulers.lens} />}
        </>
      )}
    </div>
  );
}

function Gantt({ summary, kinds, rulers: { main }, place }: Given) {
  const words = useWords();
  const { chart } = words.startup;
  const timed = kinds.filter((kind) => summary.halves[kind].phases.length > 0);
  if (timed.length === 0) return null;
  const rows = timed.map((kind, index) => ({
    kind,
    y: high.ruler + 6 + timed.slice(0, index).reduce((sum, each) => sum + barRoom(each), 0),
    stages: stagesOf(summary.halves[kind], words.lab.phases),
    total: runLength(summary.halves[kind]),
  }));
  const height = high.ruler + timed.reduce((sum, kind) => sum + barRoom(kind), 0);
  const finding = rows.map(({ kind, total, stages }) =>
    chart.bar(
      chart.kinds[kind],
      millis(total),
      stages.map(({ name, value }) => `${name} ${value}`),
    ),
  );
  return (
    <figure>
      <figcaption>
        <h2>
          {chart.gantt}{" "}
          <span className="unit">{timed.length > 1 ? chart.ganttNote : chart.ganttNoteOne}</span>
        </h2>
      </figcaption>
      <svg width={place.width} height={height} role="img" aria-label={chart.ganttFinding(finding)}>
        <SvgGrid
          divisions={main.divisions}
          x={place.x}
          y={high.ruler}
          width={place.plot}
          height={height - high.ruler}
        />
        <SvgRuler divisions={main.divisions} x={place.x} y={high.ruler} width={place.plot} />
        {rows.map(({ kind, y, stages, total }) => (
          <g key={kind}>
            <LaneName kind={kind} place={place} y={y + barHeight / 2}>
              {chart.kinds[kind]}
            </LaneName>
            <PhaseBar
              stages={stages}
              tone={kind}
              x={place.x}
              y={y}
              width={place.plot}
              domain={main.end}
              total={millis(total)}
              labelled={isLabelled(kind, timed)}
            />
          </g>
        ))}
      </svg>
    </figure>
  );

  function barRoom(kind: Kind): number {
    return isLabelled(kind, timed) ? high.labelledBar : high.bar;
  }
}

/** Beside a long bar a short one has no room for words: the lens below says them. */
const isLabelled = (kind: Kind, all: readonly Kind[]): boolean => kind === "vm" || all.length === 1;

function Dots({ race, summary, kinds, rulers: { main, lens }, place }: Given) {
  const { chart } = useWords().startup;
  const all = kinds.map((kind) => summary.halves[kind]);
  const [first, second] = all;
  const height = kinds.length * high.dots;
  const counts =
    first && second && first.runs !== second.runs
      ? chart.counts(first.runs, second.runs)
      : chart.each(first?.runs ?? 0);
  const note = chart.dotsNote(
    counts,
    all.some(({ cold }) => cold.length > 0),
    all.some(({ outliers }) => outliers.size > 0),
  );
  const finding = kinds.map((kind) => laneFinding(chart, kind, summary.halves[kind]));
  return (
    <figure className={lens === null ? "" : "above-lens"}>
      <figcaption>
        <h2>
          {chart.dots} <span className="unit">{note}</span>
        </h2>
      </figcaption>
      <svg width={place.width} height={height} role="img" aria-label={chart.dotsFinding(finding)}>
        <SvgGrid divisions={main.divisions} x={place.x} y={0} width={place.plot} height={height} />
        {kinds.map((kind, index) => (
          <g key={kind}>
            <LaneName kind={kind} place={place} y={(index + 0.5) * high.dots}>
              {chart.kinds[kind]}
            </LaneName>
            <Runs
              race={race}
              half={summary.halves[kind]}
              kind={kind}
              ruler={main}
              place={place}
              y={index * high.dots}
              height={high.dots}
              cold
            />
          </g>
        ))}
      </svg>
    </figure>
  );
}
