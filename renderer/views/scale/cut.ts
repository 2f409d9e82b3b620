import type { Sample } from "../../../shared/figures.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Bytes, Fraction } from "../../../shared/model/units.ts";

/** How a part of a bar is filled; look at the legend. `estimate`: tare that was not measured on this very VM. */
export type Filling = "net" | "cache" | "tare" | "estimate" | "mixed" | "held" | "other";
export type Part = { readonly filling: Filling; readonly bytes: Bytes };

/**
 * A weight cut into the parts of its bar, left to right; together they are gross, but for what is below 1 % of it.
 * Not known: no parts. A container that only its engine's API weighs, and a VM, may not be split: then one part says so.
 */
export function partsOf(kind: Kind, sample: Sample | null): readonly Part[] {
  const gross = sample?.gross ?? null;
  if (sample === null || gross === null) return [];
  return (kind === "vm" ? vmParts(sample, gross) : containerParts(sample, gross)).filter(
    ({ bytes }) => bytes > 0,
  );
}

function containerParts(sample: Sample, gross: Bytes): readonly Part[] {
  const { net, cache, tare, other } = sample;
  if (net === null) return [{ filling: "mixed", bytes: gross }];
  return [
    { filling: "net", bytes: net },
    { filling: "cache", bytes: cache ?? 0 },
    { filling: "other", bytes: other !== null && other > gross / 100 ? other : 0 },
    { filling: "tare", bytes: tare ?? 0 },
  ];
}

function vmParts(sample: Sample, gross: Bytes): readonly Part[] {
  const { net, tare, inUse } = sample;
  if (net !== null)
    return [
      { filling: "net", bytes: net },
      { filling: "tare", bytes: tare ?? gross - net },
    ];
  if (tare !== null) {
    const box = Math.min(tare, gross);
    return [
      { filling: "mixed", bytes: gross - box },
      { filling: "estimate", bytes: box },
    ];
  }
  const used = Math.min(inUse ?? gross, gross);
  return [
    { filling: "mixed", bytes: used },
    { filling: "held", bytes: gross - used },
  ];
}

/** The line of a bar: a container's memory limit; a VM's size or, where it is smaller, the limit around it. */
export function limitOf(kind: Kind, sample: Sample | null): Bytes | null {
  if (sample === null) return null;
  if (kind === "container") return sample.memoryLimit;
  const known = [sample.configured, sample.memoryLimit].filter((one) => one !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/**
 * At its limit: what can kill it (page cache gives way first) reaches 99 % of the limit; where that is not known, the
 * working set. A VM's size is a ceiling that it may fill without harm, so a VM is never over it.
 */
export function isOver(kind: Kind, sample: Sample | null): boolean {
  const limit = sample?.memoryLimit ?? null;
  if (kind === "vm" || sample === null || limit === null) return false;
  const against = sample.killable ?? sample.workingSet;
  return against !== null && against >= 0.99 * limit;
}

/** Throttled so much that it is called so: over 5 % of its periods. */
export const isThrottled = (sample: Sample | null): boolean => (sample?.throttledShare ?? 0) > 0.05;

export type Segment = {
  readonly filling: Filling;
  /** Per cent of the ruler, rounded to what a screen can show. */
  readonly left: number;
  readonly width: number;
};
export type Bar = {
  readonly segments: readonly Segment[];
  readonly limit: number | null;
  readonly over: boolean;
  /** The bar goes on beyond the ruler. */
  readonly torn: boolean;
};

const round = (share: Fraction) => Math.round(share * 2000) / 20;

/** A bar on a ruler that ends at `end`: what is beyond is cut off and torn; a limit beyond it is not drawn. */
export function barOf(kind: Kind, sample: Sample | null, end: Bytes): Bar {
  let at = 0;
  const segments: Segment[] = [];
  for (const { filling, bytes } of partsOf(kind, sample)) {
    const left = round(Math.min(1, at / end));
    at += bytes;
    const right = round(Math.min(1, at / end));
    if (right > left) segments.push({ filling, left, width: Math.round((right - left) * 20) / 20 });
  }
  const limit = limitOf(kind, sample);
  return {
    segments,
    limit: limit === null || limit > end * 1.0001 ? null : round(limit / end),
    over: isOver(kind, sample),
    torn: at > end * 1.0001,
  };
}
