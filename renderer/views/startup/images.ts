import type { LabImage, LabPart } from "../../../shared/model/race.ts";
import type { Millis } from "../../../shared/model/units.ts";

/**
 * How fast an image becomes an initramfs: 233 MB took 1.5 s where it was measured (electron/lab/image); a round half of it,
 * since it is said before it is known.
 */
const preparedPerSecond = 120e6;

/** How long preparing an image for its VM takes, about; 0: it is kept already. null: no VM can boot here. */
export function preparing(image: LabImage, canBoot: boolean): Millis | null {
  if (!canBoot) return null;
  return image.prepared ? 0 : Math.max(1_000, Math.ceil(image.bytes / preparedPerSecond) * 1_000);
}

/** Whether any VM of an image can boot here; before it is known, it is taken to. */
export const canBoot = (parts: readonly LabPart[] | null): boolean =>
  parts === null ||
  parts.every(({ part, state }) => part === "docker" || part === "machine" || state === "ready");

/** Images that fit what was typed: all words must be in the name, in any order. Ready ones first, then by name. */
export function fitting(images: readonly LabImage[], filter: string): readonly LabImage[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return images
    .filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
    .sort((one, other) => Number(other.prepared) - Number(one.prepared) || (one.name < other.name ? -1 : 1));
}
