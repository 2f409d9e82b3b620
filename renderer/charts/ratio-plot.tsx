import type { Division } from "./svg-ruler.tsx";
import "./svg-charts.css";

/** A ratio with its interval on a doubling ruler, each place 0..1; null: no ratio was found. */
export type RatioMark = { readonly at: number; readonly low: number; readonly high: number } | null;

/** One row of a ruler of ratios. It needs no width: all places are shares of it. */
export function RatioPlot({
  divisions,
  mark,
  origin,
}: {
  readonly divisions: readonly Division[];
  readonly mark: RatioMark;
  /** Where "equal" stands. */
  readonly origin: number;
}) {
  return (
    <svg className="ratio-plot" aria-hidden="true">
      <g className="svg-grid plain">
        {divisions.map(({ at }) => (
          <line
            key={at}
            className={at === origin ? "first" : ""}
            x1={share(at)}
            x2={share(at)}
            y1="0"
            y2="100%"
          />
        ))}
      </g>
      {mark === null ? null : (
        <>
          <svg className="ratio-bar" y="50%" aria-hidden="true">
            <rect x={share(mark.low)} y="-2" width={share(Math.max(0, mark.high - mark.low))} height="4" />
          </svg>
          <svg className="ratio-point" x={share(mark.at)} y="50%" aria-hidden="true">
            {/* Behind it, so that an interval of no width is seen as well. */}
            <rect x="-5" y="-2" width="10" height="4" />
            <path d="M-4.5 0 0 -4.5 4.5 0 0 4.5z" />
          </svg>
        </>
      )}
    </svg>
  );
}

const share = (at: number): string => `${100 * at}%`;
