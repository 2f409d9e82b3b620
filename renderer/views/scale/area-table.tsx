import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type MouseEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { cores, count, mebibytes, percentHundredths, unknown } from "../../../shared/format.ts";
import type { Bytes, Cores } from "../../../shared/model/units.ts";
import { Foreign } from "../../components/foreign.tsx";
import type { HostCut } from "../../state/host-cut.ts";
import { setOrder } from "../../state/order.ts";
import { latest } from "../../state/series.ts";
import { choose, useUi } from "../../state/ui.ts";
import { fold, useRowKeys } from "../../state/use-row-keys.ts";
import { useWatched, useWatchedText } from "../../state/use-watched.ts";
import { weighedOf } from "../../state/weighed-now.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { CpuCores, Gross, LimitUsed } from "./cells.tsx";
import { nameOf } from "./group-row.tsx";
import { canStand, type GroupLine, type Line } from "./lines.ts";
import { sumsOf } from "./select.ts";

/** How high all rows are together: the style sheet makes that much room to scroll in. */
const rowsOf = (count: number) => ({ "--rows": `${count * rowHeight}px` }) as CSSProperties;

type AreaTableProps = { readonly lines: readonly Line[]; readonly cut: HostCut };

const rowHeight = 23;
/** px beside the field, less the heads and the four last rows. */
const roomForRows = 472;

/** The same as figures: they add up to the host. */
export function AreaTable({ lines, cut }: AreaTableProps) {
  const { scale } = useWords();
  const { column, area } = scale;
  const selected = useUi((ui) => ui.selected);
  const scroller = useRef<HTMLTableSectionElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const shown = lines.filter(canStand);
  const at = shown.findIndex(({ key }) => key === selected);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => shown[index]?.key ?? index,
    overscan: 6,
    rangeExtractor: (range) => {
      const inView = defaultRangeExtractor(range);
      return at === -1 || inView.includes(at) ? inView : [...inView, at].sort((a, b) => a - b);
    },
  });
  useRowKeys(shown, grid, (key) =>
    virtual.scrollToIndex(
      shown.findIndex((line) => line.key === key),
      { align: "auto" },
    ),
  );
  useLayoutEffect(() => setOrder(lines.filter(({ line }) => line === "row").map(({ key }) => key)), [lines]);
  const used = useWorld((world) => world.host?.cores ?? null);
  const boxed = useWatched(
    () => sumsOf(weighedOf(lines.flatMap((line) => (line.line === "row" ? [line.key] : [])))).cores,
    [lines],
  );
  const stop = at === -1 ? shown[0]?.key : selected;
  const press = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-key]") : null;
    const line = shown.find(({ key }) => key === row?.dataset.key);
    if (line?.line === "row") choose({ selected: line.key, open: line.key });
    else if (line) fold(line, line.open);
  };
  return (
    <div className="area-table">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter and the arrows are handled for the whole page */}
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows fold, and the arrows move through them
        role="treegrid"
        aria-label={area.label}
        onClick={press}
      >
        <thead>
          <tr className="area-row head">
            <th scope="col">{column.name}</th>
            <Head word={column.gross} unit={column.mib} />
            <Head word={column.ofHost} unit={column.percent} />
            <Head word={column.limit} unit={column.percent} />
            <Head word={column.cpu} unit={column.cores} />
          </tr>
        </thead>
        <tbody
          ref={scroller}
          className="area-rows"
          style={{ height: Math.min(roomForRows, shown.length * rowHeight), ...rowsOf(shown.length) }}
        >
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const line = shown[index];
            if (!line) return null;
            const place = {
              style: { transform: `translateY(${start}px)` },
              "data-key": line.key,
              "aria-level": line.level,
              "aria-selected": line.key === selected,
              tabIndex: line.key === stop ? 0 : -1,
            };
            return line.line === "row" ? (
              <tr key={key} className={`area-row ${line.kind}`} {...place}>
                <InstanceCells id={line.key} />
              </tr>
            ) : (
              <tr key={key} className="area-row group" aria-expanded={line.open} {...place}>
                <GroupCells line={line} />
              </tr>
            );
          })}
        </tbody>
        <tbody>
          <Rest
            name={area.processes}
            amount={cut.processes}
            cut={cut}
            used={used === null || boxed === null ? null : Math.max(0, used - boxed)}
          />
          <Rest name={area.cache} amount={cut.cache} cut={cut} />
          <Rest name={area.free} amount={cut.free} cut={cut} />
          <Rest name={area.host} amount={cut.total} cut={cut} used={used} isTotal />
        </tbody>
      </table>
    </div>
  );
}

function Head({ word, unit }: { readonly word: string; readonly unit: string }) {
  return (
    <th scope="col" className="number">
      {word} <span className="unit">{unit}</span>
    </th>
  );
}

function Cells({
  name,
  gross,
  share,
  limit,
  used,
}: { readonly [part in "name" | "gross" | "share" | "limit" | "used"]: ReactNode }) {
  return (
    <>
      <th scope="row" className="name">
        {name}
      </th>
      <td className="number">{gross}</td>
      <td className="number">{share}</td>
      <td className="number quiet">{limit}</td>
      <td className="number quiet">{used}</td>
    </>
  );
}

function InstanceCells({ id }: { readonly id: string }) {
  const instance = useWorld((world) => world.byId.get(id));
  const memory = useWorld((world) => world.facts?.memory ?? null);
  const share = useWatchedText(() => {
    const gross = latest(id)?.gross ?? null;
    return gross === null || memory === null ? unknown : percentHundredths(gross / memory);
  });
  if (!instance) return null;
  return (
    <Cells
      name={
        <>
          <i className="stripe" />
          <span className="text">
            <Foreign text={instance.name} />
          </span>
        </>
      }
      gross={<Gross instance={instance} />}
      share={share}
      limit={<LimitUsed instance={instance} />}
      used={<CpuCores instance={instance} />}
    />
  );
}

function GroupCells({ line }: { readonly line: GroupLine }) {
  const words = useWords();
  const memory = useWorld((world) => world.facts?.memory ?? null);
  const sums = useWatched(() => {
    const { gross, cores: used } = sumsOf(weighedOf(line.ids));
    return { gross, used };
  }, [line.ids]);
  return (
    <Cells
      name={
        <>
          <b>{nameOf(line.of, words)}</b>
          <span className="members">{count(line.ids.length)}</span>
        </>
      }
      gross={mebibytes(sums.gross)}
      share={sums.gross === null || memory === null ? unknown : percentHundredths(sums.gross / memory)}
      limit={null}
      used={cores(sums.used)}
    />
  );
}

type RestProps = {
  readonly name: string;
  readonly amount: Bytes;
  readonly cut: HostCut;
  readonly used?: Cores | null;
  readonly isTotal?: boolean;
};

function Rest({ name, amount, cut, used, isTotal = false }: RestProps) {
  return (
    <tr className={`area-row group ${isTotal ? "total" : ""}`}>
      <Cells
        name={<b>{name}</b>}
        gross={mebibytes(amount)}
        share={percentHundredths(amount / cut.total)}
        limit={null}
        used={used === undefined ? null : cores(used)}
      />
    </tr>
  );
}
