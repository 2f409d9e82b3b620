import { milliseconds } from "../../../shared/format.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Race } from "../../../shared/model/race.ts";
import type { Half, Summary } from "../../../shared/race/summary.ts";
import { type Dot, DotLane } from "../../charts/dot-lane.tsx";
import type { Stage } from "../../charts/phase-bar.tsx";
import { useWords } from "../../state/words.ts";
import { millis } from "./figures.ts";
import { type Rulers, runsOfKind, shades } from "./lanes.ts";
import type { Ruler } from "./rulers.ts";

/** Heights in pixels, as drawn. */
export const high = {
  ruler: 26,
  bar: 34,
  labelledBar: 52,
  dots: 54,
  flare: 26,
  lensBar: 54,
  lensDots: 58,
} as const;

/** Where the plot lies in its drawing, in pixels. */
export type Place = { readonly width: number; readonly x: number; readonly plot: number };
export type Given = {
  readonly race: Race;
  readonly summary: Summary;
  readonly kinds: readonly Kind[];
  readonly rulers: Rulers;
  readonly place: Place;
};

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

/** Every run of one kind on one ruler. */
export function Runs({ race, half, kind, ruler, place, y, height, cold }: RunsProps) {
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

/** What a lane shows, left of it. */
export const LaneName = ({ kind, place, y, children }: LaneNameProps) => (
  <text className={`lane-name ${kind}`} x={place.x - 12} y={y}>
    {children}
  </text>
);

export const runLength = ({ phases }: Half): number => phases.at(-1)?.to ?? 0;
export const stagesOf = (
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
export const laneFinding = (chart: ChartWords, kind: Kind, half: Half): string =>
  chart.lane(chart.kinds[kind], millis(half.median), millis(half.fastest), millis(half.slowest));
