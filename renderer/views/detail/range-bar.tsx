import { memo } from "react";
import { Button } from "react-aria-components";
import type { Span } from "../../charts/span.ts";
import { Segmented } from "../../components/segmented.tsx";
import { useWords } from "../../state/words.ts";
import { type Range, ranges } from "./span-of.ts";

export type ChartChoice = {
  readonly range: Range;
  readonly zoom: Span | null;
  readonly asTable: boolean;
};

/** What stretch of time is shown, and how. It is dear to render and does not change with the samples. */
export const RangeBar = memo(function RangeBar({
  choice: { range, asTable },
  zoomed,
  onChoose,
}: {
  readonly choice: ChartChoice;
  /** The stretch that was zoomed to, in words. */
  readonly zoomed: string | null;
  readonly onChoose: (change: Partial<ChartChoice>) => void;
}) {
  const words = useWords().detail;
  return (
    <div className="detail-range">
      <Segmented
        label={words.range}
        options={ranges.map((key) => ({ key, word: words.ranges[key] }))}
        chosen={range}
        onChoose={(next) => onChoose({ range: next, zoom: null })}
      />
      {zoomed === null ? (
        <span className="hint">
          {asTable ? null : words.hint} <kbd>{"T"}</kbd> {asTable ? words.hintCharts : words.hintTable}
        </span>
      ) : (
        <>
          <span className="hint">{zoomed}</span>
          <Button className="btn" onPress={() => onChoose({ zoom: null })}>
            {words.unzoom}
          </Button>
        </>
      )}
    </div>
  );
});
