import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect } from "react";
import { useUi } from "./ui.ts";
import { type Standing, useRowKeys } from "./use-row-keys.ts";

type VirtualLines<Line> = {
  readonly lines: readonly Line[];
  /** Those that the keyboard can stand on. */
  readonly standing: readonly Standing[];
  /** In px; a new function where heights have changed. */
  readonly heightOf: (line: Line) => number;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly grid: RefObject<HTMLElement | null>;
  /** Where the lines begin in what scrolls, and how much of it its heads hide: px. */
  readonly margin: number;
  readonly headHeight: number;
};

/** A list of which only the lines in view are in the document, moved through by keys. `at`: the selected one, -1: none. */
export function useVirtualLines<Line extends { readonly key: string }>({
  lines,
  standing,
  heightOf,
  scroller,
  grid,
  margin,
  headHeight,
}: VirtualLines<Line>): { readonly virtual: Virtualizer<HTMLElement, Element>; readonly at: number } {
  const selected = useUi((ui) => ui.selected);
  const at = lines.findIndex(({ key }) => key === selected);
  const virtual = useVirtualizer<HTMLElement, Element>({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const line = lines[index];
      return line ? heightOf(line) : 0;
    },
    getItemKey: (index) => lines[index]?.key ?? index,
    scrollMargin: margin,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: 8,
    overscan: 6,
    // The row with the focus stays in the document, also when it is scrolled away.
    rangeExtractor: (range) => {
      const inView = defaultRangeExtractor(range);
      return at === -1 || inView.includes(at) ? inView : [...inView, at].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights are remembered by key until told otherwise
  useLayoutEffect(() => virtual.measure(), [lines, heightOf]);
  useRowKeys(standing, grid, (key) =>
    virtual.scrollToIndex(
      lines.findIndex((line) => line.key === key),
      { align: "auto" },
    ),
  );
  return { virtual, at };
}
