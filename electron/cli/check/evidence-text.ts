import { bytes, cores, count, percentFine, secondsShort } from "../../../shared/format.ts";
import type { Evidence } from "../../../shared/model/finding.ts";
import type { Words } from "../../../shared/words/words.ts";

/** A figure of evidence with its unit, for people. */
export function evidenceText({ value, unit }: Evidence, say: Words["terminal"]["check"]): string {
  switch (unit) {
    case "bytes":
      return bytes(value);
    case "bytes-per-second":
      return `${bytes(value)}/s`;
    case "cores":
      return say.cores(cores(value));
    case "fraction":
      return `${percentFine(value)} %`;
    case "count":
      return count(value);
    case "per-second":
      return `${count(value)}/s`;
    case "ms":
      return `${secondsShort(value)} s`;
  }
}
