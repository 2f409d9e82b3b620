/** A stretch of a bar with its label, all in pixels from the bar's start. `nameWidth`: of the label without its figure. */
export type Stretch = {
  readonly from: number;
  readonly to: number;
  readonly textWidth: number;
  readonly nameWidth: number;
};
/** Where a label begins, and whether its figure is left out; null: no room, so nothing is written. */
export type LabelPlace = { readonly at: number; readonly bare: boolean } | null;

/** Between two labels, in pixels. */
const between = 4;

/**
 * Labels under the stretches of a bar: each begins where its stretch begins, else ends before that ends, else stands there
 * without its figure; a label that would still touch another is dropped, not shrunk. The longest stretches choose first.
 * `width` is the room, from 0.
 */
export function placeLabels(stretches: readonly Stretch[], width: number): readonly LabelPlace[] {
  const places: LabelPlace[] = stretches.map(() => null);
  const taken: { from: number; to: number }[] = [];
  const byLength = stretches
    .map((stretch, index) => ({ stretch, index }))
    .sort((one, other) => length(other.stretch) - length(one.stretch));
  const tries: readonly ((one: Stretch) => { readonly at: number; readonly wide: number })[] = [
    ({ from, textWidth }) => ({ at: from, wide: textWidth }),
    ({ to, textWidth }) => ({ at: to - textWidth - between, wide: textWidth }),
    ({ from, nameWidth }) => ({ at: from, wide: nameWidth }),
  ];
  tries.forEach((attempt, round) => {
    for (const { stretch, index } of byLength) {
      if (places[index]) continue;
      const { at, wide } = attempt(stretch);
      const free = taken.every(({ from, to }) => at + wide + between <= from || at >= to + between);
      if (at < 0 || at + wide > width || !free) continue;
      taken.push({ from: at, to: at + wide });
      places[index] = { at, bare: round === 2 };
    }
  });
  return places;
}

const length = ({ from, to }: Stretch): number => to - from;
