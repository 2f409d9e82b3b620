import type { Detail, Stall, Stalls } from "../../../shared/model/detail.ts";
import { textIn } from "./read-limit.ts";

const line =
  /^(some|full) avg10=(\d{1,3}\.\d\d) avg60=(\d{1,3}\.\d\d) avg300=(\d{1,3}\.\d\d) total=(\d{1,20})$/gm;

/**
 * A PSI file whole, https://docs.kernel.org/accounting/psi.html; percent and microseconds.
 *   some avg10=0.06 avg60=0.21 avg300=0.99 total=8919
 *   full avg10=0.00 avg60=0.13 avg300=0.96 total=5242
 * A line that is not there is unknown.
 */
export function parseStalls(text: string): Stalls {
  const found: { some: Stall | null; full: Stall | null } = { some: null, full: null };
  for (const [, kind, ten, sixty, more, total] of text.matchAll(line))
    found[kind as "some" | "full"] = {
      avg10: Number(ten) / 100,
      avg60: Number(sixty) / 100,
      avg300: Number(more) / 100,
      total: Number(total) * 1e3,
    };
  return found;
}

/** Pressure of a folder of the v2 tree; null: none of it is kept there. */
export function stallsIn(folder: string | null): Detail["pressure"] {
  if (folder === null) return null;
  const of = (what: string) => parseStalls(textIn(`${folder}/${what}.pressure`));
  const pressure = { cpu: of("cpu"), memory: of("memory"), io: of("io") };
  return Object.values(pressure).every(({ some }) => some === null) ? null : pressure;
}
