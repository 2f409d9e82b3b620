import { tick } from "../../../shared/format.ts";
import { LensFlare } from "../../charts/lens-flare.tsx";
import { barHeight, PhaseBar } from "../../charts/phase-bar.tsx";
import { SvgGrid, SvgRuler } from "../../charts/svg-ruler.tsx";
import { useWords } from "../../state/words.ts";
import { millis } from "./figures.ts";
import { type Given, high, LaneName, laneFinding, Runs, runLength, stagesOf } from "./lane.tsx";
import type { Ruler } from "./rulers.ts";

/** The container's stretch of the ruler above, opened to the full width. */
export function LensPlot({
  race,
  summary,
  rulers: { main, factor },
  place,
  lens,
}: Given & { readonly lens: Ruler }) {
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
