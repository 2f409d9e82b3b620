import { type Division, SvgGrid, SvgRuler } from "./svg-ruler.tsx";
import "./svg-charts.css";

/** A median at a crowd: `x` and `y` in the units of the two axes. */
export type BesideMark = {
  readonly key: string;
  readonly tone: "container" | "vm";
  readonly x: number;
  readonly y: number;
  readonly name: string;
};

type BesideChartProps = {
  readonly marks: readonly BesideMark[];
  readonly width: number;
  readonly height: number;
  /** Left of the plot, for the figures of the times. */
  readonly left: number;
  readonly across: { readonly end: number; readonly divisions: readonly Division[] };
  readonly up: { readonly end: number; readonly divisions: readonly Division[] };
  readonly axis: string;
  readonly label: string;
};

/** Times against how many others ran: each kind's medians, joined in the order of the crowd. */
export function BesideChart({ marks, width, height, left, across, up, axis, label }: BesideChartProps) {
  const top = 8;
  const floor = height - 34;
  const plot = width - left - 1;
  const x = (value: number) => left + (value / across.end) * plot;
  const y = (value: number) => floor - (value / up.end) * (floor - top);
  return (
    <svg className="beside-chart" width={width} height={height} role="img" aria-label={label}>
      <SvgGrid divisions={across.divisions} x={left} y={top} width={plot} height={floor - top} />
      {up.divisions
        .filter(({ minor }) => !minor)
        .map(({ at, label: text }) => (
          <g key={at} className="level">
            <line x1={left} x2={left + plot} y1={y(at * up.end)} y2={y(at * up.end)} />
            <text x={left - 8} y={y(at * up.end)}>
              {text}
            </text>
          </g>
        ))}
      {(["container", "vm"] as const).map((tone) => {
        const own = marks.filter((mark) => mark.tone === tone).sort((one, other) => one.x - other.x);
        return (
          <g key={tone} className={`dot-lane ${tone}`}>
            <path
              className="joined"
              d={own.map((mark, index) => `${index === 0 ? "M" : "L"}${x(mark.x)} ${y(mark.y)}`).join("")}
            />
            {own.map((mark) => (
              <circle key={mark.key} className="filled" cx={x(mark.x)} cy={y(mark.y)} r="4">
                <title>{mark.name}</title>
              </circle>
            ))}
          </g>
        );
      })}
      <g className="below">
        {across.divisions
          .filter(({ minor, label: text }) => !minor && text !== "")
          .map(({ at, label: text }) => (
            <text
              key={at}
              x={left + at * plot}
              y={floor + 14}
              textAnchor={at === 0 ? "start" : at === 1 ? "end" : "middle"}
            >
              {text}
            </text>
          ))}
        <text x={left} y={floor + 29} textAnchor="start">
          {axis}
        </text>
      </g>
      <SvgRuler divisions={[]} x={left} y={floor} width={plot} />
    </svg>
  );
}
