import type { Trouble, TroubleCode } from "../../shared/model/trouble.ts";
import { EngineFailure } from "./engine.ts";

/** What the system's own error codes mean to a user. */
const codes: ReadonlyMap<string, TroubleCode> = new Map([
  ["ENOENT", "absent"],
  ["ENOTDIR", "absent"],
  ["ENOTSOCK", "misconfigured"],
  ["EISDIR", "misconfigured"],
  ["ENOTFOUND", "misconfigured"],
  ["EACCES", "denied"],
  ["EPERM", "denied"],
  ["EROFS", "denied"],
  ["ECONNREFUSED", "refused"],
  ["ECONNRESET", "refused"],
  ["EPIPE", "refused"],
  ["ETIMEDOUT", "timeout"],
  ["ENOSPC", "full"],
  ["EDQUOT", "full"],
  ["EADDRINUSE", "occupied"],
]);

/** Any error as data; `where` is told when the error itself does not say it. */
export function troubleOf(error: unknown, where: string): Trouble {
  if (error instanceof EngineFailure)
    return {
      code: error.code,
      where: error.where,
      cause: error.cause === undefined ? null : messageOf(error.cause),
    };
  const system = error as { readonly code?: unknown; readonly path?: unknown; readonly address?: unknown };
  const code = codes.get(String(system?.code)) ?? byName(error);
  const place = [system?.path, system?.address].find((one) => typeof one === "string");
  return { code, where: typeof place === "string" ? place : where, cause: messageOf(error) };
}

function byName(error: unknown): TroubleCode {
  const name = error instanceof Error ? error.name : "";
  if (name === "TimeoutError") return "timeout";
  if (name === "SyntaxError" || name === "RangeError" || name === "$ZodError" || name === "ZodError")
    return "garbled";
  return "failed";
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
