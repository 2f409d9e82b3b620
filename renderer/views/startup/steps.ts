import type { Draft } from "./draft.ts";

const mib = 1024 * 1024;

/** Values that a press of − or + leads through; the bounds are those of the wish (shared/model/race.ts). */
const ladders = {
  runs: [1, 2, 3, 5, 10, 15, 20, 30, 50, 100],
  warmup: [0, 1, 2, 3, 4, 5],
  memory: [32, 64, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 4096, 8192].map((each) => each * mib),
  cpus: [0.25, 0.5, 1, 2, 3, 4, 6, 8, 16],
  giveUp: [5, 10, 20, 30, 60, 120, 300, 600].map((each) => each * 1_000),
} as const satisfies { readonly [key in keyof Draft]?: readonly number[] };

export type Stepped = keyof typeof ladders;

/** The next value up or down from any value, also from one that is between two; null: there is none. */
export function stepped(
  of: Stepped,
  value: number,
  by: 1 | -1,
  most = Number.POSITIVE_INFINITY,
): number | null {
  const ladder: readonly number[] = ladders[of];
  if (by === -1) return ladder.findLast((each) => each < value) ?? null;
  const next = ladder.find((each) => each > value);
  return next === undefined || next > most ? null : next;
}
