import type { ChangeTrouble, ChangeTroubleCode } from "../../shared/model/change.ts";
import { StatusError } from "../engines/docker-api/failure.ts";
import { EngineFailure } from "../engines/engine.ts";
import { troubleOf } from "../engines/trouble-of.ts";

/** Why a change was not made, or not in full. */
export class ChangeFailure extends Error {
  readonly trouble: ChangeTrouble;
  constructor(code: ChangeTroubleCode, where: string, cause: string | null) {
    super(`${code}: ${where}`);
    this.trouble = { code, where, cause };
  }
}

/** Any error as a trouble of a change; `where`: what was asked or changed. An engine's refusal comes with its own words. */
export function changeTroubleOf(error: unknown, where: string): ChangeTrouble {
  if (error instanceof ChangeFailure) return error.trouble;
  if (error instanceof StatusError) {
    const cause = error.message.replace(/^HTTP \d+: /, "").trim();
    return { code: error.status === 404 ? "gone" : "refused", where, cause };
  }
  const { code, where: place, cause } = troubleOf(error, where);
  const unanswered = error instanceof EngineFailure || ["timeout", "refused", "absent"].includes(code);
  return { code: unanswered ? "unanswered" : "failed", where: place, cause };
}
