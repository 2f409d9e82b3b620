import type { Bytes } from "../../../shared/model/units.ts";

/** A kernel that Tare may offer to fetch: all that is trusted of it stands here, and its hash decides. */
export type KernelPin = {
  /** As Node names processors. */
  readonly machine: string;
  readonly release: string;
  readonly bytes: Bytes;
  readonly sha256: string;
} & (
  | { readonly from: "download"; readonly url: string }
  /** A file in an image of the user's own Docker, named with its digest: name@sha256:… */
  | { readonly from: "image"; readonly image: string; readonly path: string }
);

/**
 * Empty: no address and hash was checked against its source yet, and one that was not is no pin. While it is so, nothing
 * is offered, and a user without a readable kernel is told to choose one in the settings.
 */
export const kernelPins: readonly KernelPin[] = [];
