import { useCallback, useSyncExternalStore } from "react";
import type { FigureName, Sample } from "../../shared/figures.ts";
import type { Millis } from "../../shared/model/units.ts";

/** Points kept of one figure: ten minutes at one a second. Unknown is NaN, as in every typed array. */
export const pointsKept = 600;

/** The last points of one figure, oldest first once unrolled. */
export type Trail = {
  readonly points: Float32Array;
  /** Where the next point goes. */
  readonly next: number;
  /** How many of them are filled. */
  readonly length: number;
};
export type Track = { readonly cores: Trail; readonly gross: Trail };

type Kept = {
  sample: Sample | null;
  at: Millis | null;
  /** The frame that brought it. */
  step: number;
  readonly cores: { points: Float32Array; next: number; length: number };
  readonly gross: { points: Float32Array; next: number; length: number };
  readonly listeners: Set<() => void>;
};

const kept = new Map<string, Kept>();
const stepListeners = new Set<() => void>();
let step = 0;
const trail = () => ({ points: new Float32Array(pointsKept).fill(Number.NaN), next: 0, length: 0 });
const hostTrack = { cores: trail(), gross: trail() };

function of(id: string): Kept {
  let one = kept.get(id);
  if (!one) {
    one = { sample: null, at: null, step: 0, cores: trail(), gross: trail(), listeners: new Set() };
    kept.set(id, one);
  }
  return one;
}

function push(to: Kept["cores"], value: number | null): void {
  to.points[to.next] = value ?? Number.NaN;
  to.next = (to.next + 1) % pointsKept;
  if (to.length < pointsKept) to.length++;
}

/** The newest sample of an instance; null before its first. */
export const latest = (id: string): Sample | null => kept.get(id)?.sample ?? null;

/** When that sample was taken, by the source's clock. */
export const latestAt = (id: string): Millis | null => kept.get(id)?.at ?? null;

/** Frames since that one; 0: it is from the last. A row that is missed for some is drawn hollow. */
export const missed = (id: string): number => step - (kept.get(id)?.step ?? step);

/** The last ten minutes of an instance's cores and gross. Read-only and live: it is overwritten in place. */
export const track = (id: string): Track | null => kept.get(id) ?? null;

/** The host's cores and used memory in the same form. */
export const trackOfHost = (): Track => hostTrack;

/** The last `count` points of a trail into `into`, oldest first, NaN where there is none; `into.length` is the count. */
export function unroll(from: Trail, into: Float32Array): Float32Array {
  const count = into.length;
  for (let index = 0; index < count; index++) {
    const back = count - index;
    into[index] =
      back > from.length
        ? Number.NaN
        : (from.points[(from.next - back + pointsKept) % pointsKept] ?? Number.NaN);
  }
  return into;
}

/** Calls `listener` after each new sample of `id`. Returns how to stop. */
export function subscribe(id: string, listener: () => void): () => void {
  const { listeners } = of(id);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && kept.get(id)?.sample === null) kept.delete(id);
  };
}

/** Calls `listener` once after each frame, whatever was in it: for sums over all, and for canvases. */
export function subscribeSteps(listener: () => void): () => void {
  stepListeners.add(listener);
  return () => void stepListeners.delete(listener);
}

/** Frames taken so far: a key for what is computed from `latest`. */
export const stepNow = (): number => step;
/** Renders again after each frame. */
export const useStep = (): number => useSyncExternalStore(subscribeSteps, stepNow);

/** The newest value of one figure of one instance; renders again only when it changes. null: unknown. */
export function useLatest(id: string, figure: FigureName): number | null {
  const listen = useCallback((listener: () => void) => subscribe(id, listener), [id]);
  return useSyncExternalStore(listen, () => latest(id)?.[figure] ?? null);
}

/** Only for intake.ts: the samples of one frame. Who was not weighed in it gets a gap in its trail. */
export function take(at: Millis, samples: ReadonlyMap<string, Sample>, host: HostPoint): void {
  step++;
  for (const [id, sample] of samples) Object.assign(of(id), { sample, at, step });
  for (const [id, one] of kept) {
    const sample = samples.get(id);
    if (one.sample !== null) {
      push(one.cores, sample?.cores ?? null);
      push(one.gross, sample?.gross ?? null);
    }
    if (sample) for (const listener of [...one.listeners]) listener();
  }
  push(hostTrack.cores, host.cores);
  push(hostTrack.gross, host.used);
  announce();
}
export type HostPoint = { readonly cores: number | null; readonly used: number | null };

/**
 * Only for intake.ts: what was measured before this page came. It reaches to now, so it holds the few points that came
 * meanwhile as well, and stands in for them.
 */
export function fill(id: string, cores: readonly (number | null)[], gross: readonly (number | null)[]): void {
  const one = of(id);
  refill(one.cores, cores);
  refill(one.gross, gross);
}

function refill(to: Kept["cores"], values: readonly (number | null)[]): void {
  if (values.length < to.length) return;
  to.next = 0;
  to.length = 0;
  for (const value of values.slice(-pointsKept)) push(to, value);
}

/** Only for intake.ts: forgets an instance that went, or (without an id) everything. */
export function forget(id?: string): void {
  for (const [each, one] of kept) {
    if (id !== undefined && each !== id) continue;
    one.sample = null;
    one.at = null;
    if (one.listeners.size === 0) kept.delete(each);
    else for (const listener of [...one.listeners]) listener();
  }
  if (id !== undefined) return;
  step++;
  Object.assign(hostTrack, { cores: trail(), gross: trail() });
  announce();
}

function announce(): void {
  for (const listener of [...stepListeners]) listener();
}
