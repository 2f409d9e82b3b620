import { basename } from "node:path";
import { visible } from "../../shared/format.ts";
import type { Trouble, TroubleCode } from "../../shared/model/trouble.ts";
import type { Language } from "../../shared/words/language.ts";
import { terminalWords } from "../../shared/words/terminal-words.ts";

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

/** A recording that is not played. Its message is one line that says what is wrong, and the mend. */
export class RecordingRefused extends Error {
  readonly refusal: Refusal;
  readonly path: string;
  /** For the line's end: what was found there. It may quote the file. */
  readonly detail: string;
  readonly trouble: Trouble;
  constructor(refusal: Refusal, path: string, detail = "", cause?: unknown) {
    super("", { cause });
    this.refusal = refusal;
    this.path = path;
    this.detail = detail;
    this.trouble = { code: codes[refusal], where: path, cause: detail || null };
    this.message = refusalLine(this, "en");
  }
}

/** The line for it in the user's language. What stands in the file's name or in the file is made visible. */
export function refusalLine({ refusal, path, detail }: RecordingRefused, language: Language): string {
  return terminalWords[language].terminal.refused[refusal](visible(basename(path)), visible(detail, 120));
}
