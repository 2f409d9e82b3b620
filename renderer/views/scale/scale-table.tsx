import {
  type MouseEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { setOrder } from "../../state/order.ts";
import { choose, useUi } from "../../state/ui.ts";
import { fold } from "../../state/use-row-keys.ts";
import { useVirtualLines } from "../../state/use-virtual-lines.ts";
import { useWords } from "../../state/words.ts";
import { Columns } from "./columns.tsx";
import { linearTicks, logTicks } from "./domain.ts";
import { DrawnRow } from "./drawn-row.tsx";
import { GroupRow } from "./group-row.tsx";
import { canStand, heightOf, heightsOf, type Line } from "./lines.ts";
import { NoVmRow, RacedRow } from "./raced-rows.tsx";
import { Gridlines } from "./ruler.tsx";
import { ScaleRow } from "./scale-row.tsx";
import type { Scale } from "./use-scale.ts";
import "./scale-table.css";
import "./narrow.css";

type ScaleTableProps = {
  readonly scale: Scale;
  /** What scrolls: the heads stay at its top, and only lines in its view are there. */
  readonly scroller: RefObject<HTMLElement | null>;
};

/** Column heads and ruler stay above the rows while these scroll. */
const headHeight = 46;

/** The list with its chart as the widest column. */
export function ScaleTable({ scale, scroller }: ScaleTableProps) {
  const { lines, mode, end, lensEnd, steps } = scale;
  const words = useWords();
  const selected = useUi((ui) => ui.selected);
  const open = useUi((ui) => ui.open);
  const asTable = useUi((ui) => ui.asTable);
  const grid = useRef<HTMLTableElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const heights = useMemo(() => heightsOf(mode, scale.count), [mode, scale.count]);
  const tops = useMemo(() => topsOf(lines, heights), [lines, heights]);
  const margin = useOffset(body, scroller);
  const heightNow = useCallback((line: Line) => heightOf(line, heights), [heights]);
  const standing = useMemo(() => lines.filter(canStand), [lines]);
  const { virtual, at } = useVirtualLines({
    lines,
    standing,
    heightOf: heightNow,
    scroller,
    grid,
    margin,
    headHeight,
  });

  useLayoutEffect(() => setOrder(lines.filter(({ line }) => line === "row").map(({ key }) => key)), [lines]);
  const stop = at === -1 ? lines.find(canStand)?.key : selected;
  const total = tops.at(-1) ?? 0;
  const topOf = (wanted: Line["line"]) => {
    const index = lines.findIndex(({ line }) => line === wanted);
    return index === -1 ? undefined : tops[index];
  };
  const flareTop = topOf("flare");
  const rulerTop = topOf("ruler");
  const ticks = useMemo(() => (mode === "log" ? logTicks(steps) : linearTicks(end)), [mode, steps, end]);
  const lensTicks = useMemo(() => linearTicks(lensEnd), [lensEnd]);
  const press = (event: MouseEvent) => {
    // A button in a row is pressed for its own sake.
    if (event.target instanceof Element && event.target.closest("button")) return;
    const line = lineUnder(event, lines);
    if (line?.line === "row") choose({ selected: line.key, open: line.key });
    else if (line?.line === "group") {
      choose({ selected: line.key });
      fold(line, line.open);
    }
  };
  return (
    <div className={`table ${mode} ${asTable ? "as-table" : ""} ${heights.row < 26 ? "compact" : ""}`}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter and the arrows are handled for the whole page */}
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows fold, and the arrows move through them
        role="treegrid"
        aria-label={words.frame.scale}
        aria-rowcount={lines.filter(canStand).length + 1}
        onClick={press}
      >
        <thead>
          <Columns mode={mode} asTable={asTable} ticks={ticks} summed={scale.summed} />
        </thead>
        <tbody ref={body} style={{ height: total }}>
          {virtual.getVirtualItems().map(({ index, key }) => {
            const line = lines[index];
            if (!line) return null;
            const place = { top: tops[index] ?? 0, height: heightOf(line, heights) };
            const state = { index: index + 2, isSelected: line.key === selected, isStop: line.key === stop };
            if (line.line === "no-vm") return <NoVmRow key={key} {...place} />;
            if (line.line === "raced" || line.line === "boxes")
              return (
                <RacedRow
                  key={key}
                  line={line}
                  {...place}
                  mode={mode}
                  asTable={asTable}
                  end={end}
                  steps={steps}
                />
              );
            if (!canStand(line)) return null;
            const drawn = { mode, asTable, end: line.lens ? lensEnd : end, steps, summed: scale.summed };
            if (line.line === "row")
              return (
                <ScaleRow key={key} line={line} {...place} {...state} {...drawn} isOpen={line.key === open} />
              );
            return <GroupRow key={key} line={line} {...place} {...state} {...drawn} />;
          })}
        </tbody>
      </table>
      {asTable ? null : (
        <div className="unders" style={{ height: total }} aria-hidden="true">
          <Gridlines ticks={ticks} className={mode} top={0} height={flareTop ?? total} />
          {rulerTop === undefined ? null : (
            <Gridlines ticks={lensTicks} className="of-lens" top={rulerTop} height={total - rulerTop} />
          )}
          {lines.map((line, index) =>
            canStand(line) ? null : (
              <DrawnRow
                key={line.key}
                line={line}
                top={tops[index] ?? 0}
                height={heightOf(line, heights)}
                {...scale}
              />
            ),
          )}
        </div>
      )}
    </div>
  );
}

/** Where each line begins, and at the end the height of all. */
function topsOf(lines: readonly Line[], heights: ReturnType<typeof heightsOf>): readonly number[] {
  const tops = [0];
  for (const line of lines) tops.push((tops.at(-1) ?? 0) + heightOf(line, heights));
  return tops;
}

function lineUnder(event: MouseEvent, lines: readonly Line[]): Line | undefined {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-key]") : null;
  return lines.find(({ key }) => key === row?.dataset.key);
}

/** px from the top of the scroller's content; measured anew when what stands above grows or shrinks, not at each tick. */
function useOffset(element: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const [inner, outer] = [element.current, scroller.current];
    if (!inner || !outer) return;
    const measure = () => {
      const top = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop;
      setOffset(Math.round(top));
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const part of [outer, ...outer.children]) observer.observe(part);
    return () => observer.disconnect();
  }, [element, scroller]);
  return offset;
}
