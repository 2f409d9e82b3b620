import type { ChangeTroubleCode } from "../../../shared/model/change.ts";

/** Why a file is not written: the text at fault, and its line where it has one. */
export class FileUnfit extends Error {
  readonly code: Extract<ChangeTroubleCode, "file-not-yaml" | "file-unclear">;
  /** From 1; null: the file as a whole. */
  readonly line: number | null;
  constructor(code: FileUnfit["code"], cause: string, line: number | null) {
    super(cause);
    this.code = code;
    this.line = line;
  }
}
