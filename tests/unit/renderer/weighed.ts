import type { Weighed } from "../../../renderer/state/weighed.ts";
import type { Sample } from "../../../shared/figures.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import { nothingKnown } from "../../../shared/wire/frames.ts";
import { madeInstance } from "../../fixtures/made.ts";

export const mib = 1024 * 1024;

/** One instance by what a test says of it; all else is ordinary. */
export function weighed(
  name: string,
  sample: Partial<Sample> | null = {},
  instance: Partial<Instance> = {},
  missed = 0,
): Weighed {
  return {
    missed,
    sample: sample === null ? null : { ...nothingKnown, ...sample },
    instance: madeInstance({ id: `docker:${name}`, slot: 0, name, ...instance }),
  };
}
