import { type MouseEvent, useCallback, useLayoutEffect, useMemo, useRef } from "react";
import { Meaning, type Meant } from "../../meaning/meaning.tsx";
import { setOrder } from "../../state/order.ts";
import { choose, useUi } from "../../state/ui.ts";
import { fold } from "../../state/use-row-keys.ts";
import { useVirtualLines } from "../../state/use-virtual-lines.ts";
import { useWords } from "../../state/words.ts";
import { Foot } from "./foot.tsx";
import { GroupRow } from "./group-row.tsx";
import { HostRow } from "./host-row.tsx";
import { LimitsRow } from "./limits-row.tsx";
import { heightOf, type Line } from "./lines.ts";
import type { Limits } from "./use-limits.ts";
import "./limits-table.css";

/** The column heads stay above the rows while these scroll. */
const headHeight = 27;

const columns = [
  ["memory", "limit-used"],
  ["cpu", "limit-used"],
  ["throttled", "throttling"],
  ["pids", "pids"],
  ["pressure", "pressure"],
] as const satisfies readonly (readonly [string, Meant])[];

/** What everybody may use and does use. `marked`: whose case is shown. */
export function LimitsTable({ limits, marked }: { readonly limits: Limits; readonly marked: string | null }) {
  const { lines, calm, ends } = limits;
  const words = useWords();
  const selected = useUi((ui) => ui.selected);
  const open = useUi((ui) => ui.open);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const tops = useMemo(() => topsOf(lines, calm), [lines, calm]);
  const heightNow = useCallback((line: Line) => heightOf(line, calm), [calm]);
  const { virtual, at } = useVirtualLines({
    lines,
    standing: lines,
    heightOf: heightNow,
    scroller,
    grid,
    margin: headHeight,
    headHeight,
  });
  useLayoutEffect(
    () => setOrder(lines.filter((line) => line.line === "row" && !line.alone).map(({ key }) => key)),
    [lines],
  );
  const press = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-key]") : null;
    const line = lines.find(({ key }) => key === row?.dataset.key);
    if (!line) return;
    choose({ selected: line.key });
    if (line.line === "group") fold(line, line.open);
  };
  const stop = at === -1 ? (marked ?? lines[0]?.key) : selected;
  return (
    <div ref={scroller} className={`limits-list ${calm ? "calm" : ""}`}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter and the arrows are handled for the whole page */}
      <table
        ref={grid}
        className="limits-table"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows fold, and the arrows move through them
        role="treegrid"
        aria-label={words.frame.limits}
        aria-rowcount={lines.length + 1}
        onClick={press}
        onDoubleClick={(event) => {
          const row = event.target instanceof Element ? event.target.closest<HTMLElement>("tr.row") : null;
          const line = lines.find(({ key }) => key === row?.dataset.key);
          if (line?.line === "row" && !line.alone) choose({ open: line.key });
        }}
      >
        <thead>
          <tr className="line head" aria-rowindex={1}>
            <th scope="col" className="name">
              <b>{words.limits.column.instance}</b>
            </th>
            {columns.map(([name, means]) => (
              <th key={name} scope="col" className={name}>
                <b>
                  <Meaning of={means}>{words.limits.column[name][0]}</Meaning>
                </b>{" "}
                {words.limits.column[name][1]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody style={{ height: tops.at(-1) ?? 0 }}>
          {virtual.getVirtualItems().map(({ index, key }) => {
            const line = lines[index];
            if (!line) return null;
            const shared = {
              index: index + 2,
              top: tops[index] ?? 0,
              height: heightOf(line, calm),
              isSelected: line.key === (selected ?? marked),
              isStop: line.key === stop,
            };
            if (line.line === "group") return <GroupRow key={key} line={line} {...shared} />;
            if (line.kind === "host") return <HostRow key={key} line={line} {...shared} />;
            return <LimitsRow key={key} line={line} {...shared} isOpen={line.key === open} ends={ends} />;
          })}
        </tbody>
      </table>
      <Foot />
    </div>
  );
}

/** Where each line begins, and at the end the height of all. */
function topsOf(lines: readonly Line[], calm: boolean): readonly number[] {
  const tops = [0];
  for (const line of lines) tops.push((tops.at(-1) ?? 0) + heightOf(line, calm));
  return tops;
}
