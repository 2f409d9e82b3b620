import { randomInt } from "node:crypto";
import type { HostFacts } from "../../shared/model/host.ts";
import type { Kind } from "../../shared/model/instance.ts";
import type { Environment, LabTrouble, Race, Wish } from "../../shared/model/race.ts";
import type { Millis } from "../../shared/model/units.ts";
import { orderOf } from "../../shared/race/order.ts";
import type { LabDaemon } from "./docker-daemon.ts";
import { type Half, labTroubleOf } from "./half.ts";
import { measureOverhead } from "./overhead.ts";
import type { Plan } from "./plan.ts";
import type { Starter } from "./trial.ts";

/** Where and beside how much else a race runs. */
export type Surroundings = {
  readonly at: Millis;
  readonly host: Pick<HostFacts, "cpu" | "threads" | "os">;
  readonly beside: number | null;
};

/** A race as it is planned, before anything of it is made. */
export function plannedRace(wish: Wish, plan: Plan, { at, host, beside }: Surroundings): Race {
  const seed = randomInt(2 ** 32);
  const { cpu, threads, os } = host;
  return {
    id: `${Math.round(at).toString(36)}-${seed.toString(36)}`,
    at,
    wish,
    name: null,
    seed,
    image: plan.image,
    order: orderOf(wish, seed),
    trials: [],
    state: "preparing",
    troubles: [],
    environment: {
      cpu,
      threads,
      os,
      docker: null,
      storage: null,
      cgroup: null,
      qemu: null,
      accelerator: null,
      refused: [],
      machine: null,
      kernel: null,
      boot: null,
      overhead: null,
    },
    beside,
    pair: [],
  };
}

/** What a race is run with. */
export type Prepared = {
  readonly starters: { readonly [kind in Kind]?: Starter };
  /** Why a half can't run: the other does. */
  readonly troubles: readonly LabTrouble[];
  /** What the user's own that is raced is called; null: it is not the user's. */
  readonly name: string | null;
  environment(): Environment;
  release(): void;
};

/** Makes each half of a race, one after the other: they must not steal time from each other's self-tests. Never rejects. */
export async function prepare(
  { environment }: Race,
  plan: Plan,
  daemon: LabDaemon | null,
  signal: AbortSignal,
): Promise<Prepared> {
  const halves: Half[] = [];
  const troubles: LabTrouble[] = [];
  for (const [kind, make] of Object.entries(plan.halves)) {
    try {
      halves.push(await make(signal));
    } catch (error) {
      if (!signal.aborted) troubles.push(labTroubleOf(error, kind));
    }
  }
  const docker = daemon && (await daemon.docker.facts(signal).catch(() => null));
  const overhead = await measureOverhead(signal).catch(() => null);
  return {
    starters: Object.fromEntries(halves.map(({ starter }) => [starter.kind, starter])),
    troubles,
    name: halves.find((half) => half.name !== null)?.name ?? null,
    environment: () => ({
      ...environment,
      docker: docker?.version ?? null,
      storage: docker?.storage ?? null,
      cgroup: docker?.cgroup ?? null,
      overhead,
      ...Object.assign({}, ...halves.map((half) => half.facts())),
    }),
    release() {
      for (const half of halves) half.release();
    },
  };
}
