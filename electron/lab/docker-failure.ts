import type { LabTroubleCode } from "../../shared/model/race.ts";
import { failureOf, StatusError } from "../engines/docker-api/failure.ts";
import { EngineFailure } from "../engines/engine.ts";
import { LabFailure } from "./trial.ts";

/** What each status of a call means; a status that is not named is `failed`. */
export type Meaning = { readonly [status: number]: LabTroubleCode };

/**
 * A failed call to Docker as the lab tells it: where nobody answers it is the daemon's (`daemon`: its address), else what
 * was asked about (`about`: an image, a container), with Docker's own words. "No space left" comes as 500 from any call.
 */
export function labFailureOf(error: unknown, daemon: string, about: string, meaning: Meaning): LabFailure {
  if (error instanceof LabFailure) return error;
  if (error instanceof StatusError) {
    const cause = error.message.replace(/^HTTP \d+: /, "");
    const code = /no space left on device|disk quota exceeded/i.test(cause)
      ? "no-room"
      : (meaning[error.status] ?? "failed");
    return new LabFailure({ code, where: about, cause });
  }
  const failure = error instanceof EngineFailure ? error : failureOf(error, daemon);
  const cause = failure.cause instanceof Error ? failure.cause.message : failure.message;
  const unanswered = new Set([
    "absent",
    "denied",
    "refused",
    "timeout",
    "unsafe",
    "misconfigured",
    "outdated",
  ]);
  if (unanswered.has(failure.code)) return new LabFailure({ code: "no-docker", where: failure.where, cause });
  return new LabFailure({ code: "failed", where: about, cause });
}
