/**
 * Places labels near where they belong, `apart` from each other, inside `low`..`high`. Gives a place for each wanted
 * one, in the order given; their order along the axis is kept. Labels that touch share their displacement, as least
 * squares would (pool adjacent violators). Where there is no room for all, they run over the lower end (`high`).
 */
export function spread(
  wanted: readonly number[],
  apart: number,
  low: number,
  high: number,
): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const blocks: { sum: number; members: number[] }[] = [];
  order.forEach((index, rank) => {
    // With each label's own shift taken out, "apart" becomes "not falling".
    blocks.push({ sum: (wanted[index] ?? 0) - rank * apart, members: [index] });
    for (let last = blocks.at(-1), before = blocks.at(-2); last && before; ) {
      if (before.sum / before.members.length <= last.sum / last.members.length) break;
      before.sum += last.sum;
      before.members.push(...last.members);
      blocks.pop();
      last = before;
      before = blocks.at(-2);
    }
  });
  const placed = new Array<number>(wanted.length).fill(0);
  const room = high - (wanted.length - 1) * apart;
  let rank = 0;
  for (const { sum, members } of blocks) {
    const place = Math.max(low, Math.min(room, sum / members.length));
    for (const index of members) placed[index] = place + rank++ * apart;
  }
  return placed;
}
