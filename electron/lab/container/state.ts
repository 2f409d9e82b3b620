import { z } from "zod/mini";
import type { Millis } from "../../../shared/model/units.ts";
import { LabFailure } from "../trial.ts";
import type { HealthCheck } from "../workload.ts";
import { healthOf } from "../workload-of.ts";
import { parseInstant } from "./trial-clock.ts";

/** Where a container stands, as Docker tells it. */
export type BoxState = {
  readonly running: boolean;
  /** Of its first process; null: it has none now. */
  readonly pid: number | null;
  readonly exitCode: number | null;
  readonly killedForMemory: boolean;
  /** Docker's own words about why it could not start. */
  readonly error: string | null;
  /** ms since the epoch; null: never. */
  readonly startedAt: Millis | null;
  readonly finishedAt: Millis | null;
};

/** What a container is, as far as starting it goes. */
export type BoxFacts = {
  readonly image: string;
  /** Its output is one stream without frames. */
  readonly tty: boolean;
  /** It shares its network namespace with the host or another container: what listens there need not be its own. */
  readonly sharedNet: boolean;
  /** Docker removes it when it ends. */
  readonly autoRemove: boolean;
  readonly health: HealthCheck | null;
};

const State = z.object({
  State: z.object({
    Running: z.boolean(),
    Restarting: z.catch(z.optional(z.boolean()), undefined),
    Pid: z.catch(z.optional(z.number()), undefined),
    ExitCode: z.catch(z.optional(z.number()), undefined),
    OOMKilled: z.catch(z.optional(z.boolean()), undefined),
    Error: z.catch(z.optional(z.string()), undefined),
    StartedAt: z.catch(z.optional(z.string()), undefined),
    FinishedAt: z.catch(z.optional(z.string()), undefined),
  }),
});

/** Of GET /containers/{id}/json. Throws where it is no container. */
export function parseBoxState(json: unknown, id: string): BoxState {
  const parsed = State.safeParse(json);
  if (!parsed.success)
    throw new LabFailure({ code: "failed", where: id, cause: json === null ? "No such container" : null });
  const { State: told } = parsed.data;
  return {
    running: told.Running || told.Restarting === true,
    pid: told.Pid && told.Pid > 0 ? told.Pid : null,
    exitCode: told.ExitCode ?? null,
    killedForMemory: told.OOMKilled === true,
    error: told.Error || null,
    startedAt: parseInstant(told.StartedAt ?? ""),
    finishedAt: parseInstant(told.FinishedAt ?? ""),
  };
}

const Facts = z.object({
  Config: z.object({
    Image: z.catch(z.optional(z.string()), undefined),
    Tty: z.catch(z.optional(z.boolean()), undefined),
    Shell: z.catch(z.nullish(z.array(z.string())), null),
    Healthcheck: z.catch(
      z.nullish(
        z.object({
          Test: z.nullish(z.array(z.string())),
          Interval: z.nullish(z.number()),
          Timeout: z.nullish(z.number()),
        }),
      ),
      null,
    ),
  }),
  HostConfig: z.object({
    NetworkMode: z.catch(z.optional(z.string()), undefined),
    AutoRemove: z.catch(z.optional(z.boolean()), undefined),
  }),
});

/** Of the same answer. Throws where it is no container. */
export function parseBoxFacts(json: unknown, id: string): BoxFacts {
  const parsed = Facts.safeParse(json);
  if (!parsed.success)
    throw new LabFailure({ code: "failed", where: id, cause: json === null ? "No such container" : null });
  const { Config, HostConfig } = parsed.data;
  return {
    image: Config.Image ?? "",
    tty: Config.Tty === true,
    sharedNet: /^(host$|container:)/.test(HostConfig.NetworkMode ?? ""),
    autoRemove: HostConfig.AutoRemove === true,
    health: healthOf(
      Config.Healthcheck && {
        Test: Config.Healthcheck.Test ?? null,
        Interval: Config.Healthcheck.Interval ?? null,
        Timeout: Config.Healthcheck.Timeout ?? null,
      },
      Config.Shell ?? [],
    ),
  };
}

const Named = z.object({ Name: z.string() });

/** Its name without Docker's slash; null: no container, or none told. Foreign text. */
export function parseBoxName(json: unknown): string | null {
  const named = Named.safeParse(json);
  return named.success ? named.data.Name.replace(/^\//, "") || null : null;
}
