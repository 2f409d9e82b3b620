import { nothingKnown } from "../../shared/wire/frames.ts";
import type { Weighed } from "./raced.ts";

/**
 * One instance as `tare list --json` prints it: bytes, cores, fractions, milliseconds since the epoch; null is unknown or
 * none. Programs read this: keys are only ever added. `sample` null: not weighed yet. borrowed: "race" where net and tare
 * of a VM are from a race, "estimate" where its tare is an idle guest's.
 */
export function listLine({ instance, sample, borrowed }: Weighed) {
  const figure = sample ?? nothingKnown;
  return {
    id: instance.id,
    kind: instance.kind,
    engine: instance.engine,
    name: instance.name,
    state: instance.state,
    group: instance.group,
    image: instance.image,
    startedAt: instance.startedAt,
    memory: {
      gross: figure.gross,
      net: figure.net,
      cache: figure.cache,
      tare: figure.tare,
      other: figure.other,
      workingSet: figure.workingSet,
      peak: figure.peak,
      limit: figure.memoryLimit,
      configured: figure.configured ?? instance.virtualization?.configured ?? null,
      inUse: figure.inUse,
    },
    cpu: { cores: figure.cores, limit: figure.cpuLimit, throttledShare: figure.throttledShare },
    pids: { now: figure.pids, limit: figure.pidsLimit },
    weighed: instance.weighed,
    borrowed,
  };
}

/**
 * JSON on one line for programs, safe to look at: what would steer a terminal or turn its text round (C1, zero-width and
 * bidi controls) is written as \uXXXX, which every parser reads back as it was. JSON itself does so for C0.
 */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
