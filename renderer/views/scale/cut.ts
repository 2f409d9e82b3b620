import type { Sample } from "../../../shared/figures.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Bytes, Fraction } from "../../../shared/model/units.ts";
import { isOver, limitOf } from "../../state/weighed.ts";

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
