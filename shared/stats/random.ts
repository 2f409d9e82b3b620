/** Gives numbers from 0 up to, never with, 1. */
export type Random = () => number;

/**
 * A small seeded generator: the same seed gives the same numbers, so that an order and an interval can be made again.
 * Not for secrets. Source: mulberry32 by Tommy Ettinger, public domain; 32 bits of state, passes gjrand's tests of 4 GiB.
 * Of seed 1 the first is 2,693,262,067 / 2^32 = 0.6270739405881613.
 */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
