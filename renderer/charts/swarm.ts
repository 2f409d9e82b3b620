/** Levels in the order in which they are tried: the line itself, then alternately below and above it. */
const levelAt = (index: number): number => (index % 2 === 1 ? (index + 1) / 2 : 0 - index / 2);

/**
 * A level for each dot, so that no two of one level are nearer than `apart`: 0 is on the line, 1 one place below, -1 one
 * above, and so on up to `most` on both sides. `places` and `apart` in the same unit, in any order; the levels come in the
 * order given. Dots are laid from left to right, each on the level nearest to the line that has room; where none has, on
 * the one whose last dot is farthest, over which it then lies in part.
 */
export function swarm(places: readonly number[], apart: number, most: number): readonly number[] {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const levels = new Array<number>(places.length).fill(0);
  /** Where the last dot of each level stands. */
  const last = new Array<number>(2 * most + 1).fill(Number.NEGATIVE_INFINITY);
  for (const index of order) {
    const place = places[index] ?? 0;
    const free = last.findIndex((before) => place - before >= apart);
    const at = free === -1 ? last.indexOf(Math.min(...last)) : free;
    last[at] = place;
    levels[index] = levelAt(at);
  }
  return levels;
}
