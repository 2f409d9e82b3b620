import type { Millis } from "../../../shared/model/units.ts";

/** "tare-nginx-2026-11-21.png": nothing of a foreign name but letters, digits, points and dashes. */
export function fileName(name: string, at: Millis, ending: string): string {
  const safe = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}.-]+/gu, "-")
    .replace(/^[.-]+|[.-]+$/g, "")
    .slice(0, 60);
  return `tare-${safe === "" ? "race" : safe}-${new Date(at).toISOString().slice(0, 10)}.${ending}`;
}
