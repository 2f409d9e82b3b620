import type { Sample } from "../../../../shared/figures.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import type { Tick } from "../../../../shared/model/tick.ts";
import { nothingKnown } from "../../../../shared/wire/frames.ts";
import { madeInstance, unknownHost } from "../../../fixtures/made.ts";

/** A moment at which a step of 10 s begins. */
export const start = 1_795_500_000_000;
export const MiB = 1024 * 1024;

export const sample = (parts: Partial<Sample>): Sample => ({ ...nothingKnown, ...parts });
export const instance = (id: string): Instance => madeInstance({ id, slot: 0 });
export function tick(
  second: number,
  samples: Readonly<Record<string, Sample>>,
  parts: Partial<Tick> = {},
): Tick {
  return {
    at: start + second * 1_000,
    whole: false,
    came: [],
    went: [],
    samples: new Map(Object.entries(samples)),
    events: [],
    host: unknownHost,
    self: { cores: null, resident: 0 },
    engines: [],
    replay: null,
    ...parts,
  };
}
