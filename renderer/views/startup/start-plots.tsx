import { useRef } from "react";
import { milliseconds, tick } from "../../../shared/format.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Race } from "../../../shared/model/race.ts";
import type { Half, Summary } from "../../../shared/race/summary.ts";
import { type Dot, DotLane } from "../../charts/dot-lane.tsx";
import { LensFlare } from "../../charts/lens-flare.tsx";
import { barHeight, PhaseBar, type Stage } from "../../charts/phase-bar.tsx";
import { SvgGrid, SvgRuler } from "../../charts/svg-ruler.tsx";
import { useWidth } from "../../charts/use-width.ts";
import { useWords } from "../../state/words.ts";
import { millis } from "./figures.ts";
import { type Rulers, rulersOf, runsOfKind, shades, shownKinds } from "./lanes.ts";
import type { Ruler } from "./rulers.ts";
import "./start-plots.css";

/** Heights in pixels, as drawn. */
const high = { ruler: 26, bar: 34, labelledBar: 52, dots: 54, flare: 26, lensBar: 54, lensDots: 58 } as const;
/** The labels' column with the gap behind it; narrow windows have less. */
const column = (width: number) => (width < 700 ? 78 : 100);

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
          {rulers.lens === null ? null : <Lens {...given} lens={rulers.lens} />}
        </>
      )}
    </div>
  );
}

/** Where the plot lies in its drawing. */
type Place = { readonly width: number; readonly x: number; readonly plot: number };
type Given = PlotsProps & {
  readonly kinds: readonly Kind[];
  readonly rulers: Rulers;
  readonly place: Place;
};

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

function Lens({ race, summary, rulers: { main, factor }, place, lens }: Given & { readonly lens: Ruler }) {
  const words = useWords();
  const { chart } = words.startup;
  const half = summary.halves.container;
  const share = lens.end / main.end;
  const ruler = high.flare + high.ruler;
  const bar = ruler + 6;
  const dots = ruler + high.lensBar;
  const height = dots + high.lensDots;
  const times = tick(factor);
  const { x, plot, width } = place;
  return (
    <figure className="lens">
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`${chart.lens(times, millis(lens.end))}. ${laneFinding(chart, "container", half)}.`}
      >
        <rect className="lens-field" x={x} y={high.flare} width={plot} height={height - high.flare} />
        <LensFlare x={x} y={0} width={plot} height={high.flare} share={share} />
        <text className="lane-name strong container" x={x - 12} y={14}>
          {chart.larger(times)}
        </text>
        <SvgGrid
          divisions={lens.divisions}
          x={x}
          y={ruler}
          width={plot}
          height={height - ruler}
          tone="lens"
        />
        <SvgRuler divisions={lens.divisions} x={x} y={ruler} width={plot} tone="lens" />
        <path className="lens-edge" d={`M${x + plot} ${high.flare}V${height}M${x} 0V${height}`} />
        <LaneName kind="container" place={place} y={bar + barHeight / 2}>
          {chart.medianRun}
        </LaneName>
        <PhaseBar
          stages={stagesOf(half, words.lab.phases)}
          tone="container"
          x={x}
          y={bar}
          width={plot}
          domain={lens.end}
          total={millis(runLength(half))}
          labelled
        />
        <LaneName kind="container" place={place} y={dots + high.lensDots / 2}>
          {chart.everyRun}
        </LaneName>
        <Runs
          race={race}
          half={half}
          kind="container"
          ruler={lens}
          place={place}
          y={dots}
          height={high.lensDots}
          cold={false}
        />
      </svg>
    </figure>
  );
}

type RunsProps = {
  readonly race: Race;
  readonly half: Half;
  readonly kind: Kind;
  readonly ruler: Ruler;
  readonly place: Place;
  readonly y: number;
  readonly height: number;
  /** With the cold runs, and with those that lie beyond the ruler told at its end. */
  readonly cold: boolean;
};

function Runs({ race, half, kind, ruler, place, y, height, cold }: RunsProps) {
  const { chart } = useWords().startup;
  const runs = runsOfKind(race, half, kind).filter((run) => cold || !run.cold);
  const dots = runs.map(
    (run): Dot => ({
      key: `${run.place}`,
      value: run.value,
      hollow: run.cold,
      marked: run.outlier,
      name: chart.dot(chart.kinds[kind], run.number, millis(run.value), run.cold, run.outlier),
    }),
  );
  const far = cold ? runs.filter(({ value }) => value > ruler.end) : [];
  const [beyond] = far;
  return (
    <DotLane
      dots={dots}
      tone={kind}
      x={place.x}
      y={y}
      width={place.plot}
      height={height}
      domain={ruler.end}
      median={half.median}
      p95={half.runs > 1 ? half.p95 : null}
      beyond={
        beyond === undefined
          ? ""
          : far.length > 1
            ? chart.beyondMany(far.length)
            : chart.beyond(millis(beyond.value))
      }
      radius={cold ? 3.5 : 4.5}
    />
  );
}

type LaneNameProps = {
  readonly kind: Kind;
  readonly place: Place;
  readonly y: number;
  readonly children: string;
};

const LaneName = ({ kind, place, y, children }: LaneNameProps) => (
  <text className={`lane-name ${kind}`} x={place.x - 12} y={y}>
    {children}
  </text>
);

const runLength = ({ phases }: Half): number => phases.at(-1)?.to ?? 0;
const stagesOf = (
  { phases }: Half,
  names: { readonly [name in keyof typeof shades]: string },
): readonly Stage[] =>
  phases.map(({ name, from, to }) => ({
    key: name,
    name: names[name],
    length: to - from,
    value: milliseconds(to - from),
    shade: shades[name],
  }));

type ChartWords = ReturnType<typeof useWords>["startup"]["chart"];
const laneFinding = (chart: ChartWords, kind: Kind, half: Half): string =>
  chart.lane(chart.kinds[kind], millis(half.median), millis(half.fastest), millis(half.slowest));
