import { basename } from "node:path";
import type { Trouble, TroubleCode } from "../../shared/model/trouble.ts";

/** Why a file is not played; words/terminal.ts has a line for each. */
export type Refusal =
  | "absent"
  | "denied"
  | "notFile"
  | "empty"
  | "foreign" // no recording at all
  | "newer"
  | "cut"
  | "large"
  | "busy" // another process writes it
  | "corrupt";

const codes: { readonly [refusal in Refusal]: TroubleCode } = {
  absent: "absent",
  denied: "denied",
  notFile: "misconfigured",
  empty: "garbled",
  foreign: "garbled",
  newer: "outdated",
  cut: "garbled",
  large: "garbled",
  busy: "occupied",
  corrupt: "garbled",
};

/** A recording that is not played. `detail` is for the line's end: what was found, where; it may quote the file. */
export class RecordingRefused extends Error {
  readonly refusal: Refusal;
  readonly path: string;
  readonly detail: string | null;
  readonly trouble: Trouble;
  constructor(refusal: Refusal, path: string, detail: string | null = null, cause?: unknown) {
    super(`${basename(path)}: ${refusal}${detail ? ` (${detail})` : ""}`, { cause });
    this.refusal = refusal;
    this.path = path;
    this.detail = detail;
    this.trouble = { code: codes[refusal], where: path, cause: detail };
  }
}
