import { fillOf } from "../../charts/fills.ts";
import type { Theme } from "../../charts/theme.ts";
import { latest } from "../../state/series.ts";
import { isOver } from "../../state/weighed.ts";
import { useWorld } from "../../state/world.ts";
import type { Tile } from "./area-layout.ts";
import { type Filling, partsOf } from "./cut.ts";

/** Level lines stand this far apart in a large field, px. */
const levels = 7;

/** Draws every tile, filled with net, cache and tare in its own proportion along its longer side. */
export function drawTiles(
  context: CanvasRenderingContext2D,
  theme: Theme,
  tiles: readonly Tile[],
  selected: string | null,
): void {
  const { canvas } = context;
  context.setTransform(theme.ratio, 0, 0, theme.ratio, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const { byId } = useWorld.getState();
  for (const tile of tiles) {
    const kind = byId.get(tile.id)?.kind;
    if (!kind) continue;
    const sample = latest(tile.id);
    const hue = kind === "vm" ? "vm" : "ct";
    const [x, y, width, height] = [
      tile.x,
      tile.y,
      Math.max(0.5, tile.width - 1.5),
      Math.max(0.5, tile.height - 1.5),
    ];
    const parts = partsOf(kind, sample);
    const sum = parts.reduce((total, { bytes }) => total + bytes, 0);
    let at = 0;
    for (const { filling, bytes } of parts) {
      const from = at;
      at += bytes / sum;
      const box =
        width >= height
          ? ([x + from * width, y, (at - from) * width, height] as const)
          : ([x, y + from * height, width, (at - from) * height] as const);
      fill(context, theme, filling, hue, box);
    }
    const over = isOver(kind, sample);
    const isSelected = tile.id === selected;
    const line = over || isSelected ? 2 : 1;
    context.strokeStyle = isSelected ? theme.colours.you : over ? theme.colours.over : theme.colours[hue];
    context.lineWidth = line;
    if (width > 2 * line && height > 2 * line)
      context.strokeRect(x + line / 2, y + line / 2, width - line, height - line);
  }
}

function fill(
  context: CanvasRenderingContext2D,
  theme: Theme,
  filling: Filling,
  hue: "ct" | "vm",
  [x, y, width, height]: readonly [number, number, number, number],
): void {
  if (filling === "mixed") {
    context.fillStyle = fillOf(context, theme, "light", hue);
    context.fillRect(x, y, width, height);
    context.fillStyle = theme.colours[hue];
    for (let line = levels; line < height; line += levels) context.fillRect(x, y + line, width, 1);
    return;
  }
  const style = {
    net: "solid",
    cache: "light",
    held: "light",
    tare: "hatched",
    estimate: "hatched",
    other: "light",
  } as const;
  context.fillStyle = fillOf(context, theme, style[filling], filling === "other" ? "rule" : hue);
  context.fillRect(x, y, width, height);
}
