import "./svg-charts.css";

/** A division of a ruler: where (0..1), what is written (empty: nothing), and whether it is a small one. */
export type Division = { readonly at: number; readonly label: string; readonly minor: boolean };

/** Whose ruler it is: the computer's, or the lens' over the containers. */
export type RulerTone = "plain" | "lens";

type RulerProps = {
  readonly divisions: readonly Division[];
  /** Of the baseline, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly tone?: RulerTone;
};

/** A baseline with its divisions above; the last one carries the unit. */
export function SvgRuler({ divisions, x, y, width, tone = "plain" }: RulerProps) {
  const last = divisions.length - 1;
  // The baseline of a lens ends at its frame, so its last label keeps clear of it.
  const inset = tone === "lens" ? 5 : 0;
  return (
    <g className={`svg-ruler ${tone}`}>
      <line x1={x} y1={y} x2={x + width} y2={y} />
      {divisions.map(({ at, label, minor }, index) => {
        const left = x + at * width;
        return (
          <g key={at}>
            <line x1={left} y1={y - (minor ? 4 : 7)} x2={left} y2={y} />
            {label === "" ? null : (
              <text
                x={index === 0 ? left + inset : index === last ? left - inset : left}
                y={y - 9}
                textAnchor={index === 0 ? "start" : index === last ? "end" : "middle"}
              >
                {label}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

type GridProps = {
  readonly divisions: readonly Division[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly tone?: RulerTone;
};

/** Lines under the data at each division that is written; the first one is where it all begins. */
export function SvgGrid({ divisions, x, y, width, height, tone = "plain" }: GridProps) {
  return (
    <g className={`svg-grid ${tone}`}>
      {divisions
        .filter(({ minor }) => !minor)
        .map(({ at }, index) => (
          <line
            key={at}
            className={index === 0 ? "first" : ""}
            x1={x + at * width}
            y1={y}
            x2={x + at * width}
            y2={y + height}
          />
        ))}
    </g>
  );
}
