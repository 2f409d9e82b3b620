import { placeLabels } from "./place-labels.ts";
import "./svg-charts.css";
import { textWidth } from "./text-width.ts";

/** One stretch of a start. `shade`: 0 light within an outline, then ever stronger to 3. */
export type Stage = {
  readonly key: string;
  readonly name: string;
  /** Its length in the unit of `domain`, and how that is written. */
  readonly length: number;
  readonly value: string;
  readonly shade: 0 | 1 | 2 | 3;
};

type PhaseBarProps = {
  readonly stages: readonly Stage[];
  readonly tone: "container" | "vm";
  /** Of the bar's upper left corner, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels of the whole ruler, and what it reaches over. */
  readonly width: number;
  readonly domain: number;
  /** Behind the bar's end. */
  readonly total: string;
  /** Writes names and values below. */
  readonly labelled: boolean;
};

export const barHeight = 22;
/** From the bar's top to the middle of its labels' line. */
const labelDrop = 36;

/** A start as one bar, cut into its phases: their lengths add up to the whole. */
export function PhaseBar(props: PhaseBarProps) {
  const { stages, tone, x, y, width, domain, total, labelled } = props;
  const scale = width / domain;
  let at = 0;
  const cuts = stages.map((stage) => {
    const from = at;
    at += stage.length * scale;
    return { stage, from, to: at };
  });
  const places = labelled
    ? placeLabels(
        cuts.map(({ stage, from, to }) => ({ from, to, ...labelWidths(stage) })),
        width,
      )
    : [];
  return (
    <g className={`phase-bar ${tone}`}>
      {cuts.map(({ stage, from, to }, index) => (
        <rect
          key={stage.key}
          className={`shade-${stage.shade}`}
          x={x + from + (stage.shade === 0 ? 0.5 : 0)}
          y={y + (stage.shade === 0 ? 0.5 : 0)}
          // A pixel of paper between two phases, where there is room for one.
          width={Math.max(0.5, to - from - (stage.shade === 0 ? 1 : 0) - gap(to - from, index, cuts.length))}
          height={barHeight - (stage.shade === 0 ? 1 : 0)}
        />
      ))}
      <text className="total" x={x + at + 9} y={y + barHeight / 2}>
        {total}
      </text>
      {cuts.map(({ stage }, index) => {
        const place = places[index] ?? null;
        return place === null ? null : (
          <text key={stage.key} className="stage-name" x={x + place.at + 1} y={y + labelDrop}>
            {stage.name}
            {place.bare ? null : <tspan>{` ${stage.value}`}</tspan>}
          </text>
        );
      })}
    </g>
  );
}

const gap = (width: number, index: number, count: number): number => (index < count - 1 && width > 2 ? 1 : 0);
const labelWidths = ({ name, value }: Stage) => {
  const nameWidth = textWidth(name, "400 11px");
  return { nameWidth, textWidth: nameWidth + textWidth(` ${value}`, "600 11px") };
};
