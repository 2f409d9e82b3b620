import type { Scale } from "./use-scale.ts";

export function AreaView(_: { readonly scale: Scale }) {
  return null;
}
