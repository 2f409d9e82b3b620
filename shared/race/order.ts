import type { Kind } from "../model/instance.ts";
import type { Race, Wish } from "../model/race.ts";
import { random } from "../stats/random.ts";

/**
 * The order of a race's runs: the cold ones first, in turns, then the counted ones in pairs, each pair in a shuffled order.
 * So both kinds meet the same states of the machine, each as often goes first, and none runs more than twice in a row: a run
 * right after a container's removal is slower (docker is still at work), and a fixed order would charge that to one kind.
 */
export function orderOf({ kinds, runs, warmup }: Wish, seed: number): Race["order"] {
  const draw = random(seed);
  const each = [...new Set<Kind>(kinds)];
  const cold = Array.from({ length: warmup }, () => each.map((kind) => ({ kind, cold: true })));
  const counted = Array.from({ length: runs }, () =>
    (draw() < 0.5 ? each : each.toReversed()).map((kind) => ({ kind, cold: false })),
  );
  return [...cold, ...counted].flat();
}
