import { count, tick } from "../../../shared/format.ts";
import { defaultThresholds, type Thresholds, thresholdsSchema } from "../../../shared/rules/thresholds.ts";
import type { Words } from "../../../shared/words/words.ts";

export type ThresholdName = keyof Thresholds;
type Units = Words["settings"]["judged"]["units"];

/** What a threshold is counted in. */
export type Measure = "percent" | "time" | "count";

/** Thresholds as they stand under each other, each under the rules that judge by it. */
export const thresholdGroups = {
  memory: ["memoryNear", "fillsWithin", "thrashingPressure", "thrashingFor", "killedFor"],
  cpu: ["throttledPeriods", "throttledTime", "throttledFor", "starvedPressure", "starvedFor"],
  others: ["pidsNear", "ioNear", "ioFor"],
  size: ["unusedBelow", "unusedFor", "headroom"],
  restarts: ["restarts", "restartsFor"],
} as const satisfies { readonly [group: string]: readonly ThresholdName[] };

/** Times are above a thousand (ms), fractions at most 1; restarts alone are counted. */
export function measureOf(name: ThresholdName): Measure {
  if (name === "restarts") return "count";
  return defaultThresholds[name] >= 1_000 ? "time" : "percent";
}

const second = 1_000;
const minute = 60_000;
const hour = 3_600_000;

/** A threshold as it is shown and typed: "90 %", "5 min", "3". */
export function thresholdText(units: Units, name: ThresholdName, value: number): string {
  switch (measureOf(name)) {
    case "percent":
      return units.percent(tick(value * 100));
    case "count":
      return units.count(count(value));
    case "time":
      if (value % hour === 0) return units.h(tick(value / hour));
      return value % minute === 0 ? units.min(tick(value / minute)) : units.s(tick(value / second));
  }
}

const times: { readonly [unit: string]: number } = {
  s: second,
  sec: second,
  초: second,
  min: minute,
  m: minute,
  분: minute,
  h: hour,
  시간: hour,
};

/** What was typed, in base units; null: it can't be read, or lies outside what a threshold may be. A bare time is in the unit shown. */
export function parseThreshold(name: ThresholdName, text: string, shown: string): number | null {
  const form = /^(\d+(?:[.,]\d+)?)\s*(%|\p{L}*)$/u;
  const [, digits, unit = ""] = form.exec(text.trim()) ?? [];
  if (digits === undefined) return null;
  const number = Number(digits.replace(",", "."));
  const value = baseOf(measureOf(name), number, unit, form.exec(shown)?.[2] ?? "");
  if (value === null) return null;
  // A binary fraction of what was typed: 7 % is 0.07.
  const rounded = Math.round(value * 1e6) / 1e6;
  return thresholdsSchema.shape[name].safeParse(rounded).success ? rounded : null;
}

function baseOf(measure: Measure, number: number, unit: string, shownUnit: string): number | null {
  if (measure === "percent") return unit === "" || unit === "%" ? number / 100 : null;
  if (measure === "count") return unit === "" ? number : null;
  const factor = times[(unit === "" ? shownUnit : unit).toLowerCase()];
  return factor === undefined ? null : Math.round(number * factor);
}

/** A minute of the day as a time: 1,320 is "22:00". */
export const minuteText = (value: number): string =>
  `${String(Math.floor(value / 60)).padStart(2, "0")}:${String(value % 60).padStart(2, "0")}`;

/** "22:00", "7:30" or "7" as a minute of the day; null: it is none. */
export function parseMinute(text: string): number | null {
  const [, hours, minutes = "0"] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text.trim()) ?? [];
  if (hours === undefined) return null;
  const [h, m] = [Number(hours), Number(minutes)];
  return h < 24 && m < 60 ? h * 60 + m : null;
}
