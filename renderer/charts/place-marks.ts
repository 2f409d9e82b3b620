/** A mark on the rail: where, and how wide its words are, in pixels. Grave ones (a kill) win the room. */
export type Mark = { readonly x: number; readonly textWidth: number; readonly grave: boolean };
/** `shown`: the words have room; `with`: indices of later marks that stand at the same place and are told by this one. */
export type Placed = { readonly index: number; readonly shown: boolean; readonly with: readonly number[] };

/** Marks nearer than this are one. */
const same = 6;
/** From the middle of a diamond to its words, and from the words to the next diamond. */
const before = 8;
const after = 8;

/**
 * Which marks are drawn and which of them may write: words that would touch a neighbour are dropped, not shrunk. Marks
 * ascend by x; `width` is the rail's. Grave marks choose first, then from right to left (the newest).
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
  const taken = groups.map(({ index }) => ({ from: x(index) - 5, to: x(index) + 5 }));
  const shown = new Set<number>();
  const order = [...groups.keys()].reverse();
  for (const grave of [true, false]) {
    for (const place of order) {
      const { index } = groups[place] as { index: number };
      const mark = marks[index];
      if (!mark || mark.grave !== grave) continue;
      const words = { from: mark.x + before, to: mark.x + before + mark.textWidth + after };
      const free = taken.every(
        (each, other) => other === place || each.to <= words.from || each.from >= words.to,
      );
      if (!free || words.to - after > width) continue;
      taken.push(words);
      shown.add(place);
    }
  }
  return groups.map(({ index, with: others }, place) => ({ index, shown: shown.has(place), with: others }));

  function x(index: number): number {
    return marks[index]?.x ?? 0;
  }
}
