/** A stretch of time on an axis, both ends in ms since the epoch; `from` before `to`. */
export type Span = { readonly from: number; readonly to: number };

/** Where a moment stands on an axis of `width` pixels. Moments outside lie outside. */
export const xOf = (span: Span, width: number, at: number): number =>
  ((at - span.from) / (span.to - span.from)) * width;

/** The moment under a pixel; pixels outside the axis are taken as its nearest end. */
export function momentOf(span: Span, width: number, x: number): number {
  const share = width > 0 ? Math.min(1, Math.max(0, x / width)) : 0;
  return span.from + share * (span.to - span.from);
}
