import { swarm } from "./swarm.ts";
import "./svg-charts.css";

/** One run. `hollow`: kept apart (a cold one); `marked`: far from the others. */
export type Dot = {
  readonly key: string;
  readonly value: number;
  readonly hollow: boolean;
  readonly marked: boolean;
  /** What hovering it says. */
  readonly name: string;
};

type DotLaneProps = {
  readonly dots: readonly Dot[];
  readonly tone: "container" | "vm";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly domain: number;
  /** null: too few to tell. */
  readonly median: number | null;
  readonly p95: number | null;
  /** What lies beyond the ruler's end, in words; empty: nothing. */
  readonly beyond: string;
  readonly radius?: number;
};

/** Every run as a dot at its time; those that would touch are stacked. The line is the median, the tick the 95th percentile. */
export function DotLane(props: DotLaneProps) {
  const { tone, x, y, width, height, domain, median, p95, beyond, radius = 3.5 } = props;
  const scale = width / domain;
  const dots = props.dots.filter(({ value }) => value <= domain);
  const step = radius * 2 + 1;
  const levels = swarm(
    dots.map(({ value }) => value * scale),
    step,
    Math.floor((height / 2 - radius) / step),
  );
  const middle = y + height / 2;
  return (
    <g className={`dot-lane ${tone}`}>
      {dots.map(({ key, value, hollow, marked, name }, index) => (
        <circle
          key={key}
          className={`${hollow ? "hollow" : "filled"}${marked ? " marked" : ""}`}
          cx={x + value * scale}
          cy={middle + (levels[index] ?? 0) * step}
          r={hollow ? radius - 0.75 : radius}
        >
          <title>{name}</title>
        </circle>
      ))}
      {median === null || median > domain ? null : (
        <line
          className="median"
          x1={x + median * scale}
          x2={x + median * scale}
          y1={y + 4}
          y2={y + height - 4}
        />
      )}
      {p95 === null || p95 > domain ? null : (
        <line className="median" x1={x + p95 * scale} x2={x + p95 * scale} y1={y + 4} y2={y + 13} />
      )}
      {beyond === "" ? null : (
        <text className="beyond" x={x + width} y={middle} textAnchor="end">
          {beyond}
        </text>
      )}
    </g>
  );
}
