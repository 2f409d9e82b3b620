import { type MouseEvent, useCallback, useMemo, useRef, useState } from "react";
import { bytes, bytesParts, wholeBytes } from "../../../shared/format.ts";
import type { Bytes } from "../../../shared/model/units.ts";
import { type Draw, useCanvas } from "../../charts/use-canvas.ts";
import { Foreign } from "../../components/foreign.tsx";
import type { HostCut } from "../../state/host-cut.ts";
import { latest } from "../../state/series.ts";
import { choose, useUi } from "../../state/ui.ts";
import { useWatched } from "../../state/use-watched.ts";
import { useWords } from "../../state/words.ts";
import { useWorld } from "../../state/world.ts";
import { type Box, squarify, type Tile } from "./area-layout.ts";
import { drawTiles } from "./area-tiles.ts";
import { shortName } from "./short-name.ts";

/** px; the same as in the style sheet. */
const fieldHeight = 592;
const gib = 1024 ** 3;
const references: readonly Bytes[] = [gib, gib / 4, gib / 16, gib / 64];

type AreaFieldProps = { readonly cut: HostCut; readonly ids: readonly string[] };

/** The rectangle itself: tiles on canvas, the rest of the host as plain fields, and squares that say how large a GiB is. */
export function AreaField({ cut, ids }: AreaFieldProps) {
  const words = useWords().scale.area;
  const [width, setWidth] = useState(0);
  const tiles = useTiles(ids, cut, width);
  const selected = useUi((ui) => ui.selected);
  const draw = useCallback<Draw>(
    (context, theme, wide) => {
      setWidth(wide);
      drawTiles(context, theme, tiles, selected);
    },
    [tiles, selected],
  );
  const { ref } = useCanvas(fieldHeight, draw);
  const [under, setUnder] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const find = (event: MouseEvent) => {
    const frame = box.current?.getBoundingClientRect();
    if (!frame) return null;
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    return tiles.find((tile) => isIn(tile, x, y))?.id ?? null;
  };
  const share = (part: number) => `${(100 * part) / cut.total}%`;
  const rest = cut.processes + cut.cache;
  const high = rest > 0 ? cut.processes / rest : 0;
  const left = cut.vms + cut.containers;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table beside it is the same list for the keyboard
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer
    <div
      ref={box}
      className="field"
      onMouseMove={(event) => setUnder(find(event))}
      onMouseLeave={() => setUnder(null)}
      onClick={(event) => {
        const id = find(event);
        if (id !== null) choose({ selected: id, open: id });
      }}
    >
      <canvas ref={ref} role="img" aria-label={words.label} />
      <Zone
        className="processes"
        box={[share(left), "0", share(rest), `${100 * high}%`]}
        name={words.processes}
        amount={cut.processes}
      />
      <Zone
        className="page-cache"
        box={[share(left), `${100 * high}%`, share(rest), `${100 - 100 * high}%`]}
        name={words.cache}
        amount={cut.cache}
        note={words.cacheNote}
      />
      <References cut={cut} width={width} />
      {tiles.map((tile) => (
        <Plate key={tile.id} tile={tile} isUnder={tile.id === under} />
      ))}
    </div>
  );
}

const isIn = (tile: Box, x: number, y: number) =>
  x >= tile.x && x < tile.x + tile.width && y >= tile.y && y < tile.y + tile.height;

function useTiles(ids: readonly string[], cut: HostCut, width: number): readonly Tile[] {
  return useWatched(() => {
    const { byId } = useWorld.getState();
    const of = (kind: string) =>
      ids
        .filter((id) => byId.get(id)?.kind === kind)
        .map((id) => ({ id, weight: latest(id)?.gross ?? 0 }))
        .sort((a, b) => b.weight - a.weight);
    const [vms, containers] = [of("vm"), of("container")];
    const sum = (list: readonly { weight: number }[]) =>
      list.reduce((total, { weight }) => total + weight, 0);
    const both = sum(vms) + sum(containers);
    if (both === 0 || width === 0) return [];
    const wide = (width * both) / cut.total;
    const high = (fieldHeight * sum(vms)) / both;
    return [
      ...squarify(vms, { x: 0, y: 0, width: wide, height: high }),
      ...squarify(containers, { x: 0, y: high, width: wide, height: fieldHeight - high }),
    ].map(({ id, x, y, width: w, height: h }) => ({
      id,
      x: half(x),
      y: half(y),
      width: half(w),
      height: half(h),
    }));
  }, [ids, cut, width]);
}
/** To half a pixel: noise below it is not drawn again. */
const half = (px: number) => Math.round(px * 2) / 2;

/** px a letter of a plate takes, in the widest of usual faces. */
const letter = 7;

/** A name on its tile where it fits, or under the pointer. */
function Plate({ tile, isUnder }: { readonly tile: Tile; readonly isUnder: boolean }) {
  const instance = useWorld((world) => world.byId.get(tile.id));
  if (!instance) return null;
  const full = isUnder || (tile.width > 110 && tile.height > 44);
  const name = full ? instance.name : shortName(instance);
  const long = [...name].length * letter + 14;
  const flat = tile.width > long && tile.height > 22;
  // Upright, where a tile is high and narrow: only VMs, a field of small plates is no picture any more.
  const upright = !flat && instance.kind === "vm" && tile.height > long && tile.width > 20;
  if (!full && !flat && !upright) return null;
  return (
    <span
      className={`plate ${instance.kind} ${full ? "" : "short"} ${!full && upright ? "upright" : ""} ${isUnder ? "above" : ""}`}
      style={{ left: tile.x, top: tile.y, maxWidth: isUnder ? undefined : tile.width }}
    >
      <b>
        <Foreign text={name} most={60} />
      </b>
      {full ? bytes(latest(tile.id)?.gross ?? null) : null}
    </span>
  );
}

type ZoneProps = {
  readonly className: string;
  readonly box: readonly [left: string, top: string, width: string, height: string];
  readonly name: string;
  readonly amount: Bytes;
  readonly note?: string;
};

function Zone({ className, box: [left, top, width, height], name, amount, note }: ZoneProps) {
  return (
    <div className={`zone ${className}`} style={{ left, top, width, height }}>
      <span className="plate">
        <b>{name}</b>
        {bytes(amount)}
        {note === undefined ? null : <small>{note}</small>}
      </span>
    </div>
  );
}

/** Squares of known size in the free field: the legend is to scale. Those that do not fit are left out. */
function References({ cut, width }: { readonly cut: HostCut; readonly width: number }) {
  const words = useWords().scale.area;
  const squares = useMemo(() => {
    const perByte = (width * fieldHeight) / cut.total;
    const room = (width * cut.free) / cut.total - 32;
    let x = (width * (cut.total - cut.free)) / cut.total + 24;
    const end = x + room;
    const placed: {
      readonly size: Bytes;
      readonly x: number;
      readonly side: number;
      readonly label: string;
    }[] = [];
    for (const size of references) {
      const side = Math.sqrt(size * perByte);
      // The unit stands where it changes: "1 GiB", "256 MiB", "64", "16".
      const last = placed.at(-1);
      const isNamed = last === undefined || bytesParts(last.size).unit !== bytesParts(size).unit;
      const least = isNamed ? 52 : 20;
      const fits = side <= fieldHeight - 90 && side >= 4 && x + Math.max(side, least) <= end;
      if (!fits && placed.length > 0) break;
      if (!fits) continue;
      placed.push({
        size,
        x,
        side,
        label: isNamed ? wholeBytes(size) : bytesParts(size).figure.replace(/\.0+$/, ""),
      });
      x += Math.max(side, least) + 15;
    }
    return placed;
  }, [cut.total, cut.free, width]);
  const [first] = squares;
  if (!first) return null;
  return (
    <>
      <span className="reference-note" style={{ left: first.x, bottom: 56 + first.side }}>
        {words.equal}
      </span>
      {squares.map(({ size, x, side, label }) => (
        <span key={size} className="reference" style={{ left: x, width: side, height: side }}>
          <i>{label}</i>
        </span>
      ))}
    </>
  );
}
