import type { Bytes } from "../../../shared/model/units.ts";

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Weight = { readonly id: string; readonly weight: Bytes };
export type Tile = Box & { readonly id: string };

/**
 * Cuts `box` into tiles whose areas are as the weights, near to squares: rows are filled along the shorter side as long
 * as that makes their worst tile squarer (Bruls, Huizing, van Wijk 2000). In the order given, so heaviest first keeps
 * every tile's place from one second to the next. Weights of 0 get no tile.
 */
export function squarify(weights: readonly Weight[], box: Box): readonly Tile[] {
  const rest = weights.filter(({ weight }) => weight > 0);
  const total = rest.reduce((sum, { weight }) => sum + weight, 0);
  const scale = (box.width * box.height) / total;
  const tiles: Tile[] = [];
  let { x, y, width, height } = box;
  let from = 0;
  while (from < rest.length) {
    const side = Math.min(width, height);
    let to = from + 1;
    while (
      to < rest.length &&
      worst(rest.slice(from, to + 1), side, scale) <= worst(rest.slice(from, to), side, scale)
    )
      to++;
    const row = rest.slice(from, to);
    const sum = row.reduce((all, { weight }) => all + weight, 0);
    // The last row takes what is left: its own area may be lost beside a sum that is 10^12 times larger.
    const left = Math.max(width, height);
    const thick = to === rest.length ? left : Math.min(left, (sum * scale) / side);
    let along = 0;
    for (const { id, weight } of row) {
      const length = (side * weight) / sum;
      tiles.push(
        width >= height
          ? { id, x, y: y + along, width: thick, height: length }
          : { id, x: x + along, y, width: length, height: thick },
      );
      along += length;
    }
    if (width >= height) {
      x += thick;
      width -= thick;
    } else {
      y += thick;
      height -= thick;
    }
    from = to;
  }
  return tiles;
}

/** The worst ratio of sides in a row along `side`. */
function worst(row: readonly Weight[], side: number, scale: number): number {
  const areas = row.map(({ weight }) => weight * scale);
  const sum = areas.reduce((total, area) => total + area, 0);
  return Math.max(
    ...areas.map((area) => Math.max((side * side * area) / (sum * sum), (sum * sum) / (side * side * area))),
  );
}
