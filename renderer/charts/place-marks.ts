/** A mark on the rail: where, and how wide its words are, in pixels. Grave ones (a kill) win the room. */
export type Mark = { readonly x: number; readonly textWidth: number; readonly grave: boolean };
type Side = "right" | "left";
/** `side`: where the words have room, null: nowhere; `with`: indices of later marks that stand at the same place and are told by this one. */
export type Placed = { readonly index: number; readonly side: Side | null; readonly with: readonly number[] };

/** Marks nearer than this are one. */
const same = 6;
/** From the middle of a diamond to its words, and from the words to the next diamond. */
const before = 8;
const after = 8;

/**
 * Which marks are drawn and which of them may write: words stand at the right, else at the left; those that would
 * touch a neighbour on both sides are dropped, not shrunk. Marks ascend by x; `width` is the rail's. Grave marks choose first, then from right to left (the newest).
 */
export function placeMarks(marks: readonly Mark[], width: number): readonly Placed[] {
  const groups: { index: number; with: number[] }[] = [];
  marks.forEach((mark, index) => {
    const last = groups.at(-1);
    const lead = last ? marks[last.index] : undefined;
    if (!last || !lead || mark.x - lead.x >= same) groups.push({ index, with: [] });
    else if (mark.grave && !lead.grave) {
      last.with.push(last.index);
      last.index = index;
    } else last.with.push(index);
  });
  const taken: { from: number; to: number }[] = groups.map(({ index }) => ({
    from: x(index) - 5,
    to: x(index) + 5,
  }));
  const sides = new Map<number, Side>();
  const order = [...groups.keys()].reverse();
  for (const grave of [true, false]) {
    for (const place of order) {
      const mark = marks[groups[place]?.index ?? -1];
      if (!mark || mark.grave !== grave) continue;
      const long = before + mark.textWidth + after;
      const words = [
        { side: "right", from: mark.x + before, to: mark.x + long },
        { side: "left", from: mark.x - long, to: mark.x - before },
      ] as const;
      const found = words.find(
        ({ from, to }) =>
          from >= -after &&
          to - after <= width &&
          taken.every((each, other) => other === place || each.to <= from || each.from >= to),
      );
      if (!found) continue;
      taken.push(found);
      sides.set(place, found.side);
    }
  }
  return groups.map(({ index, with: others }, place) => ({
    index,
    side: sides.get(place) ?? null,
    with: others,
  }));

  function x(index: number): number {
    return marks[index]?.x ?? 0;
  }
}
