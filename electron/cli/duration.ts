import type { Millis } from "../../shared/model/units.ts";

const units: ReadonlyMap<string, Millis> = new Map([
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** "60s", "1.5m", "2h"; a bare number is seconds. From one second to a day, else null. */
export function duration(text: string): Millis | null {
  const [, figure, unit = "s"] = /^(\d{1,6}(?:\.\d{1,3})?)([smh])?$/.exec(text) ?? [];
  const length = Number(figure) * (units.get(unit) ?? Number.NaN);
  return length >= 1_000 && length <= 86_400_000 ? length : null;
}
