/** A stretch of a bar with its label, all in pixels from the bar's start. */
export type Stretch = { readonly from: number; readonly to: number; readonly textWidth: number };
/** Where the label's words begin; null: no room, so it is not written. */
export type LabelPlace = number | null;

/** Between two labels, and between a label and the end of the room. */
const between = 6;

/**
 * Labels under the stretches of a bar: each begins where its stretch begins, else ends before that ends; a label that would
 * touch another is dropped, not shrunk. The longest stretches choose first. `width` is the room, from 0.
 */
export function placeLabels(stretches: readonly Stretch[], width: number): readonly LabelPlace[] {
  const places: LabelPlace[] = stretches.map(() => null);
  const taken: { from: number; to: number }[] = [];
  const byLength = stretches
    .map((_, index) => index)
    .sort((a, b) => length(stretches[b]) - length(stretches[a]));
  for (const index of byLength) {
    const one = stretches[index];
    if (!one) continue;
    for (const from of [one.from, one.to - one.textWidth - between]) {
      const to = from + one.textWidth;
      const free = taken.every((each) => to + between <= each.from || from >= each.to + between);
      if (from < 0 || to > width || !free) continue;
      taken.push({ from, to });
      places[index] = from;
      break;
    }
  }
  return places;
}

const length = (one: Stretch | undefined): number => (one ? one.to - one.from : 0);
