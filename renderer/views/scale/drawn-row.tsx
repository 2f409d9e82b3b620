import { bytes, tick } from "../../../shared/format.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { useWatched } from "../../state/use-watched.ts";
import { weighedOf } from "../../state/weighed-now.ts";
import { useWords } from "../../state/words.ts";
import { linearTicks, logPlace } from "./domain.ts";
import { Flare, Mini } from "./lens.tsx";
import type { DrawnLine } from "./lines.ts";
import { Ruler } from "./ruler.tsx";
import { medianGross } from "./select.ts";
import "./drawn-row.css";

type DrawnRowProps = {
  readonly line: DrawnLine;
  readonly top: number;
  readonly height: number;
  readonly end: Bytes;
  readonly lensEnd: Bytes;
  readonly factor: number;
  readonly steps: number;
};

/** A line of the drawing between the rows: the lens and its ruler, the medians. It lies under the table's rows. */
export function DrawnRow({ line, top, height, end, lensEnd, factor, steps }: DrawnRowProps) {
  const { scale } = useWords();
  const style = { transform: `translateY(${top}px)`, height };
  switch (line.line) {
    case "mini":
      return (
        <div className="line drawn" style={style}>
          <span className="name" />
          <span className="plot">
            <Mini ids={line.ids} end={end} lensEnd={lensEnd} />
          </span>
        </div>
      );
    case "flare":
      return (
        <div className="line drawn flare" style={style}>
          <span className="name">
            <span className="larger">{scale.larger(tick(factor))}</span>
          </span>
          <span className="plot">
            <Flare end={end} lensEnd={lensEnd} />
          </span>
        </div>
      );
    case "ruler":
      return (
        <div className="line drawn" style={style}>
          <span className="name" />
          <span className="plot">
            <Ruler ticks={linearTicks(lensEnd)} className="of-lens" />
          </span>
        </div>
      );
    case "median":
      return (
        <div className="line drawn" style={style}>
          <span className="name median-name">{scale.median}</span>
          <span className="plot">
            <Medians ids={line.ids} steps={steps} />
          </span>
        </div>
      );
    case "no-vm":
    case "raced":
    case "boxes":
      return null;
  }
}

/** The middle of each kind and the factor between them: what a logarithmic ruler is for. */
function Medians({ ids, steps }: { readonly ids: readonly string[]; readonly steps: number }) {
  const { scale } = useWords();
  const { container, vm } = useWatched(() => {
    const all = weighedOf(ids);
    return { container: medianGross(all, "container"), vm: medianGross(all, "vm") };
  }, [ids]);
  const percent = (value: Bytes) => 100 * logPlace(value, steps);
  const [low, high] = [container, vm].filter((one) => one !== null).sort((a, b) => a - b);
  return (
    <span className="medians">
      {low !== undefined && high !== undefined && percent(high) - percent(low) > 0 ? (
        <i className="gap" style={{ left: `${percent(low)}%`, width: `${percent(high) - percent(low)}%` }} />
      ) : null}
      {low !== undefined && high !== undefined && percent(high) - percent(low) > 6 ? (
        <span className="factor" style={{ left: `${(percent(low) + percent(high)) / 2}%` }}>
          {scale.factor(tick(Math.round(high / Math.max(1, low))))}
        </span>
      ) : null}
      {(["container", "vm"] as const).map((kind) => {
        const value = kind === "vm" ? vm : container;
        if (value === null) return null;
        const isLow = value === low && (high === undefined || low !== high || kind === "container");
        return (
          <span
            key={kind}
            className={`median ${kind} ${isLow ? "low" : "high"}`}
            style={{ left: `${percent(value)}%` }}
          >
            <i />
            <b>{bytes(value)}</b>
          </span>
        );
      })}
    </span>
  );
}
