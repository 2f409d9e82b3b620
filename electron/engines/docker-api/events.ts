import { z } from "zod/mini";
import type { EventKind } from "../../../shared/model/event.ts";
import type { Millis } from "../../../shared/model/units.ts";

/** One container's event as the engine tells it. */
export type EngineEvent = {
  readonly id: string;
  /** Without its tail: `health_status`. */
  readonly action: string;
  /** What follows the colon: `healthy`; null: nothing. */
  readonly tail: string | null;
  readonly at: Millis;
  /** Nanoseconds since the epoch to about 256 ns: orders a replayed event against the last one heard. */
  readonly stamp: number;
  readonly exitCode: string | null;
  /** Name now and, of a rename, before. */
  readonly name: string | null;
  readonly oldName: string | null;
};

/** Docker's actions that change what we show. exec_* is not among them: health checks would flood the stream with it. */
export const dockerActions = [
  ...["create", "start", "die", "destroy", "rename", "update", "pause", "unpause", "oom", "restart"],
  "health_status",
] as const;

const Line = z.object({
  Type: z.catch(z.optional(z.string()), undefined),
  Action: z.string(),
  Actor: z.object({
    ID: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    Attributes: z.catch(
      z.object({
        exitCode: z.optional(z.string()),
        containerExitCode: z.optional(z.string()),
        name: z.optional(z.string()),
        oldName: z.optional(z.string()),
      }),
      {},
    ),
  }),
  time: z.catch(z.optional(z.number()), undefined),
  timeNano: z.catch(z.optional(z.number()), undefined),
});

/**
 * Parses one line of GET /events. timeNano is beyond what a number holds exactly: its last digits are lost, its
 * milliseconds are right. Null: nothing that we know how to read.
 *   {"Type":"container","Action":"die","Actor":{"ID":"3f9c…","Attributes":{"exitCode":"137","name":"web"}},
 *    "time":1795500309,"timeNano":1795500309123456789}
 */
export function parseEvent(line: string, now: Millis): EngineEvent | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = Line.safeParse(json);
  if (!parsed.success || (parsed.data.Type ?? "container") !== "container") return null;
  const { Action, Actor, time, timeNano } = parsed.data;
  const [action = "", tail = null] = Action.split(/:\s*/, 2);
  const { exitCode, containerExitCode, name, oldName } = Actor.Attributes;
  return {
    id: Actor.ID,
    action,
    tail,
    at: timeNano ? Math.floor(timeNano / 1e6) : time ? time * 1000 : now,
    stamp: timeNano ?? (time ?? 0) * 1e9,
    exitCode: exitCode ?? containerExitCode ?? null,
    name: name ?? null,
    oldName: oldName?.replace(/^\//, "") ?? null,
  };
}

/** What it is called in the event rail; null: it is not shown by itself. */
export function kindOf({ action, exitCode }: EngineEvent): EventKind | null {
  switch (action) {
    case "start":
      return "started";
    case "die":
    case "died":
      // Whoever ends with 0 came to its end; everything else was ended, or failed.
      return exitCode === "0" ? "stopped" : "died";
    case "oom":
      return "oom-kill";
    case "pause":
      return "paused";
    case "unpause":
      return "resumed";
    case "rename":
      return "renamed";
    case "restart":
      return "restarted";
    default:
      return null;
  }
}

export const isGone = ({ action }: EngineEvent): boolean => action === "destroy" || action === "remove";
