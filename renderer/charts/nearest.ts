import type { Values } from "./runs.ts";

/** Index of the first value that is not below `wanted`; `at` ascends. `at.length` where all are below. */
export function firstFrom(at: Values, wanted: number): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the value nearest to `wanted`, the earlier of two equally near; -1 where there is none. */
export function nearest(at: Values, wanted: number): number {
  if (at.length === 0) return -1;
  const after = firstFrom(at, wanted);
  if (after === 0) return 0;
  if (after === at.length) return at.length - 1;
  return wanted - (at[after - 1] as number) <= (at[after] as number) - wanted ? after - 1 : after;
}
