import { memo } from "react";
import { Button } from "react-aria-components";
import { MeaningMark, type Meant } from "../../meaning/meaning.tsx";
import { choose, type ScaleMode, type SortKey, useUi } from "../../state/ui.ts";
import { useWords } from "../../state/words.ts";
import { tableParts } from "./cells.tsx";
import type { Tick } from "./domain.ts";
import { Ruler } from "./ruler.tsx";

type ColumnsProps = {
  readonly mode: ScaleMode;
  readonly asTable: boolean;
  readonly ticks: readonly Tick[];
  readonly summed: boolean;
};

/** The column heads: what stands below, its unit in lighter ink, and how it is sorted. */
export const Columns = memo(function Columns({ mode, asTable, ticks, summed }: ColumnsProps) {
  const { column } = useWords().scale;
  return (
    <tr className="line head" aria-rowindex={1}>
      <Head className="name" by="name" word={column.name} />
      <th scope="col" className="plot">
        {asTable ? (
          tableParts.map((part) => (
            <span key={part} className="number">
              {column[part]} <span className="unit">{column.mib}</span>
            </span>
          ))
        ) : (
          <>
            <b>{mode === "log" ? column.memoryLog : column.memory}</b>
            <Ruler ticks={ticks} className={mode} />
          </>
        )}
      </th>
      <Head className="number gross" by="gross" word={column.gross} unit={column.mib} means="gross" />
      {mode === "log" ? (
        <Head className="number trend memory" by="ratio" word={column.ratio} title={column.ratioNote} />
      ) : (
        <Trend className="memory" word={column.trend} />
      )}
      <Head className="number used" by="used" word={column.used} unit={column.percent} means="limit-used" />
      <Head className="number cpu" by="cores" word={column.cpu} unit={column.cores} means="cpu" />
      <Trend className="cores" word={column.trend} />
      <Head
        className="number throttled"
        by="throttled"
        word={column.throttled}
        unit={column.percent}
        means="throttling"
      />
      {summed ? <SummedHeads /> : <OwnHeads />}
    </tr>
  );
});

function OwnHeads() {
  const { column } = useWords().scale;
  return (
    <>
      <Head className="number image" by="image" word={column.image} unit={column.mib} />
      <Head
        className="number ready"
        by="ready"
        word={column.ready}
        unit={column.seconds}
        title={column.readyNote}
        means="time-to-ready"
      />
      <Head className="number up" by="up" word={column.up} />
    </>
  );
}

/** What stands there of a project with many: no column to sort by, its rows are sorted by what they have in common. */
function SummedHeads() {
  const { column } = useWords().scale;
  return (
    <>
      <th scope="col" className="number image">
        {column.mean} <span className="unit">{column.mib}</span>
      </th>
      <th scope="col" className="number ready">
        {column.largest}
      </th>
      <th scope="col" className="number up">
        {column.tareEach}
      </th>
    </>
  );
}

function Trend({ className, word }: { readonly className: string; readonly word: string }) {
  return (
    <th scope="col" className={`trend ${className}`}>
      <span className="unseen">{word}</span>
    </th>
  );
}

type HeadProps = {
  readonly className: string;
  readonly by: SortKey;
  readonly word: string;
  readonly unit?: string;
  readonly title?: string;
  /** The heading of docs/measuring.md. */
  readonly means?: Meant;
};

function Head({ className, by, word, unit, title, means }: HeadProps) {
  const sort = useUi((ui) => ui.sort);
  const isSorted = sort.by === by;
  const press = () => choose({ sort: { by, down: isSorted ? !sort.down : by !== "name" } });
  return (
    <th
      scope="col"
      className={`${className} ${isSorted ? "sorted" : ""}`}
      aria-sort={isSorted ? (sort.down ? "descending" : "ascending") : "none"}
      title={title}
    >
      <Button className="sort" onPress={press}>
        {word}
        {unit === undefined ? null : <span className="unit">{` ${unit}`}</span>}
        {isSorted ? (
          <svg className={sort.down ? "arrow" : "arrow up"} viewBox="0 0 8 8" aria-hidden="true">
            <path d="M1 2.5h6L4 6.5z" />
          </svg>
        ) : null}
      </Button>
      {means === undefined ? null : <MeaningMark of={means} name={word} />}
    </th>
  );
}
