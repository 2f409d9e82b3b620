import type { TroubleCode } from "../../../shared/model/trouble.ts";
import { EngineFailure } from "../engine.ts";

/** What an engine says instead of an answer. */
export class StatusError extends Error {
  override readonly name = "StatusError";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const systemCodes: ReadonlyMap<string, TroubleCode> = new Map([
  ["ENOENT", "absent"],
  ["ENOTDIR", "absent"],
  ["EACCES", "denied"],
  ["EPERM", "denied"],
  ["ECONNREFUSED", "refused"],
  ["ECONNRESET", "refused"],
  ["EPIPE", "refused"],
  ["ETIMEDOUT", "timeout"],
  ["EHOSTUNREACH", "refused"],
  ["ENETUNREACH", "refused"],
  ["ENOTFOUND", "misconfigured"],
  ["EAI_AGAIN", "misconfigured"],
]);

/**
 * Why a call to an engine failed, in the product's terms. 401 and 403 are a proxy's or plugin's refusal; 502 to 504 are
 * a proxy without a daemon behind it; a certificate that does not hold would make the connection an unprotected one.
 */
export function failureOf(error: unknown, where: string): EngineFailure {
  if (error instanceof EngineFailure) return error;
  return new EngineFailure(codeOf(error), where, error);
}

function codeOf(error: unknown): TroubleCode {
  if (error instanceof StatusError) return codeOfStatus(error);
  if (!(error instanceof Error)) return "failed";
  if (error.name === "TimeoutError") return "timeout";
  if (error.name === "GarbledError") return "garbled";
  const code = "code" in error ? String(error.code) : "";
  if (code.startsWith("HPE_")) return "garbled";
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|^ERR_TLS|^ERR_SSL/.test(code)) return "unsafe";
  return systemCodes.get(code) ?? "failed";
}

function codeOfStatus({ status, message }: StatusError): TroubleCode {
  if (status === 401 || status === 403) return "denied";
  if (status === 400 && /client version \S+ is too (old|new)/.test(message)) return "outdated";
  if (status >= 502 && status <= 504) return "refused";
  if (status >= 300 && status < 400) return "garbled";
  return "failed";
}
