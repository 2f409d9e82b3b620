import { type FigureName, figureNames, type Sample } from "./figures.ts";

/** Numbers in one row: a sample's figures in the registry's order. Unknown is NaN here and only here. */
export const width = figureNames.length;

/** Writes `sample` into `row` from `offset` on. */
export function toRow(sample: Sample, row: Float64Array, offset: number): void {
  for (let column = 0; column < width; column++) {
    row[offset + column] = sample[figureNames[column] as FigureName] ?? Number.NaN;
  }
}

/** The sample that stands in `row` from `offset` on. NaN (and what a damaged file may hold, infinity) becomes null; a value never becomes 0. */
export function fromRow(row: Float64Array, offset: number): Sample {
  const sample: Partial<Record<FigureName, number | null>> = {};
  for (let column = 0; column < width; column++) {
    const value = row[offset + column] as number;
    sample[figureNames[column] as FigureName] = Number.isFinite(value) ? value : null;
  }
  return sample as Sample;
}
