/** Levels in the order in which they are tried: the line itself, then alternately below and above it. */
const levelAt = (index: number): number => (index % 2 === 1 ? (index + 1) / 2 : -index / 2);

/**
 * A level for each dot, so that no two of one level are nearer than `apart`: 0 is on the line, 1 one place below, -1 one
 * above, and so on as far as it takes. `places` and `apart` in the same unit, in any order; the levels come in the order
 * given. Dots are laid from left to right, each on the level nearest to the line that has room.
 */
export function swarm(places: readonly number[], apart: number): readonly number[] {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const levels = new Array<number>(places.length).fill(0);
  /** Where the last dot of each tried level stands. */
  const last: number[] = [];
  for (const index of order) {
    const place = places[index] ?? 0;
    let at = last.findIndex((before) => place - before >= apart);
    if (at === -1) at = last.length;
    last[at] = place;
    levels[index] = levelAt(at);
  }
  return levels;
}
