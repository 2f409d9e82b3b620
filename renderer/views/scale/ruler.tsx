import { memo } from "react";
import type { Tick } from "./domain.ts";
import "./ruler.css";

/** A baseline with ticks and their figures; the last one carries the unit. */
export function Ruler({
  ticks,
  className = "",
}: {
  readonly ticks: readonly Tick[];
  readonly className?: string;
}) {
  return (
    <span className={`ruler ${className}`} aria-hidden="true">
      {ticks.map(({ at, label, minor }) => (
        <i key={at} className={minor ? "minor" : ""} style={{ left: `${100 * at}%` }}>
          {label === "" ? null : <span>{label}</span>}
        </i>
      ))}
    </span>
  );
}

type GridlinesProps = {
  readonly ticks: readonly Tick[];
  readonly className?: string;
  /** px from the top of the list. */
  readonly top: number;
  readonly height: number;
};

/** Lines under the bars, from a ruler down. */
export const Gridlines = memo(function Gridlines({ ticks, className = "", top, height }: GridlinesProps) {
  if (height <= 0) return null;
  return (
    <div className={`under ${className}`} style={{ top, height }} aria-hidden="true">
      <span className="grid">
        {ticks.map(({ at, minor }) => (
          <i key={at} className={minor ? "minor" : ""} style={{ left: `${100 * at}%` }} />
        ))}
      </span>
    </div>
  );
});
