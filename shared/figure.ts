/** How a figure is counted; format.ts knows how each is written. */
export type Unit = "cores" | "bytes" | "bytes/s" | "fraction" | "count" | "per second";

export type Figure = {
  readonly unit: Unit;
  /** Where it was read, by the kind of reading: names of the kernel's and of engines; `{word}` is one of `facts.terms`. */
  readonly from: { readonly [kind in "v1" | "v2" | "process" | "api"]?: string };
  /** Heading in docs/measuring.md. */
  readonly doc: string;
  /** true: kept in the hour of history. */
  readonly kept: boolean;
};
