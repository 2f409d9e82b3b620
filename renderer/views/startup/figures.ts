import { milliseconds } from "../../../shared/format.ts";
import type { TrialMemory } from "../../../shared/model/race.ts";
import type { Millis } from "../../../shared/model/units.ts";

/** "236 ms", "1,453 ms", with its unit: everywhere but in tables. */
export const millis = (value: Millis | null): string => `${milliseconds(value)} ms`;

/** What a container and a VM are always compared by, and parts that only some of them have. */
const always = ["gross", "net", "cache", "tare"] as const;
const sometimes = ["imageCopy", "translated", "other"] as const;
export type MemoryPart = (typeof always)[number] | (typeof sometimes)[number];

/** Parts of what was weighed that are worth a row; none where nothing was weighed. */
export function memoryParts(memories: readonly (TrialMemory | null)[]): readonly MemoryPart[] {
  const known = memories.filter((memory) => memory !== null);
  if (known.length === 0) return [];
  return [...always, ...sometimes.filter((part) => known.some((memory) => (memory[part] ?? 0) > 0))];
}
