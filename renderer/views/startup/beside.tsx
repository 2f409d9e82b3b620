import { useRef } from "react";
import { count, milliseconds, visible } from "../../../shared/format.ts";
import { BesideChart, type BesideMark } from "../../charts/beside-chart.tsx";
import { useWidth } from "../../charts/use-width.ts";
import { useWords } from "../../state/words.ts";
import type { BesidePoint } from "./earlier.ts";
import { millis } from "./figures.ts";
import { countRuler, timeRuler } from "./rulers.ts";

/** Height of the drawing, and the room at its left for the figures, in pixels. */
const height = 168;
const left = 60;

type BesideProps = {
  readonly points: readonly BesidePoint[];
  readonly name: string;
  readonly asTable: boolean;
};

/** Start time against how many instances ran already: the medians of all races of one image. */
export function Beside({ points, name, asTable }: BesideProps) {
  const { startup } = useWords();
  const words = startup.beside;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, "self");
  const marks = points.flatMap((point, index) =>
    (["container", "vm"] as const).flatMap((tone): readonly BesideMark[] => {
      const y = point[tone];
      if (y === null) return [];
      const text = words.point(startup.chart.kinds[tone], point.beside, millis(y));
      return [{ key: `${tone} ${index}`, tone, x: point.beside, y, name: text }];
    }),
  );
  return (
    <figure className="beside">
      <figcaption>
        <h2>
          {words.title} <span className="unit">{words.note(visible(name, 40), points.length)}</span>
        </h2>
      </figcaption>
      <div ref={frame}>
        {width === 0 ? null : asTable ? (
          <BesideTable points={points} />
        ) : (
          <BesideChart
            marks={marks}
            width={width}
            height={height}
            left={left}
            across={countRuler(Math.max(...points.map(({ beside }) => beside)))}
            up={timeRuler(1.05 * Math.max(...marks.map(({ y }) => y)))}
            axis={words.axis}
            label={words.finding(marks.map((mark) => mark.name))}
          />
        )}
      </div>
    </figure>
  );
}

function BesideTable({ points }: { readonly points: readonly BesidePoint[] }) {
  const { beside, table } = useWords().startup;
  const sorted = [...points].sort((one, other) => one.beside - other.beside);
  return (
    <table className="figures beside-table">
      <thead>
        <tr>
          <th scope="col">{beside.axis}</th>
          <th scope="col" className="container">
            {table.heads.container} <span className="unit">{"ms"}</span>
          </th>
          <th scope="col" className="vm">
            {table.heads.vm} <span className="unit">{"ms"}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ beside: others, container, vm }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two races may have run beside as many
          <tr key={index}>
            <th scope="row">{count(others)}</th>
            <td>{milliseconds(container)}</td>
            <td>{milliseconds(vm)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
