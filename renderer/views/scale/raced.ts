import type { Bytes } from "../../../shared/model/units.ts";
import type { RacedVm } from "../../../shared/race/give-back.ts";
import { raceableImage } from "../../../shared/race/raceable.ts";
import type { GroupBy, ScaleMode } from "../../state/ui.ts";
import type { Weighed } from "../../state/weighed.ts";

/** What is drawn where no VM runs: up to where it reaches, and whether its box is drawn once for each container. */
export type RacedAmong = { readonly reach: Bytes; readonly boxes: boolean };

/**
 * The VM that was raced last, where VMs would be and none runs; its box stands below it, once for each container, so that
 * boxes and containers are seen as sums. On a logarithmic ruler lengths do not add up: the VM alone. null: nothing.
 */
export function racedAmong(
  all: readonly Weighed[],
  group: GroupBy,
  mode: ScaleMode,
  vm: RacedVm | null,
): RacedAmong | null {
  const isGrouped = group === "kind" || group === "project";
  if (vm === null || !isGrouped || all.length === 0 || mode === "area") return null;
  if (all.some(({ instance }) => instance.kind === "vm")) return null;
  const boxes = mode === "linear" && vm.tare !== null && all.length > 1;
  return { reach: Math.max(vm.gross, boxes ? (vm.tare ?? 0) * all.length : 0), boxes };
}

/** The image that is raced soonest: that of the lightest container whose image is known. null: there is none. */
export function lightest(all: readonly Weighed[]): { readonly name: string; readonly image: string } | null {
  let least: { readonly name: string; readonly image: string; readonly gross: Bytes } | null = null;
  for (const { instance, sample } of all) {
    const image = raceableImage(instance);
    const gross = sample?.gross ?? null;
    if (image === null || gross === null) continue;
    if (least === null || gross < least.gross) least = { name: instance.name, image, gross };
  }
  return least && { name: least.name, image: least.image };
}
