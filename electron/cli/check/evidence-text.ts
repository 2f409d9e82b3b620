import { bytes, cores, count, percentFine, secondsShort } from "../../../shared/format.ts";
import type { Evidence } from "../../../shared/model/finding.ts";

/** A figure of evidence with its unit, for people. */
export function evidenceText({ value, unit }: Evidence): string {
  switch (unit) {
    case "bytes":
      return bytes(value);
    case "bytes-per-second":
      return `${bytes(value)}/s`;
    case "cores":
      return cores(value);
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
