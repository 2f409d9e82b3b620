import { count, durationParts } from "../../format.ts";
import type { Millis } from "../../model/units.ts";

/** "once", "twice", "1,214 times". */
export const often = (times: number | null): string =>
  times === 1 ? "once" : times === 2 ? "twice" : `${count(times)} times`;

type Unit = "day" | "hour" | "minute" | "second";

/** One unit, the largest that says enough: 119 minutes are 119 minutes, 125 are 2 hours. */
function rounded(time: Millis): readonly [number, Unit] {
  const { days, hours, minutes, seconds } = durationParts(Math.max(1_000, time));
  if (days > 1) return [days, "day"];
  const allHours = 24 * days + hours;
  if (allHours > 1) return [allHours, "hour"];
  if (allHours === 1) return minutes < 5 ? [1, "hour"] : [60 + minutes, "minute"];
  return minutes > 0 ? [minutes, "minute"] : [seconds, "second"];
}

/** "an hour", "21 minutes", "40 seconds". */
export function lasting(time: Millis | null): string {
  if (time === null) return "some time";
  const [amount, unit] = rounded(time);
  return amount === 1 ? `${unit === "hour" ? "an" : "a"} ${unit}` : `${amount} ${unit}s`;
}

/** "the last hour", "the last 21 minutes". */
export function theLast(time: Millis | null): string {
  if (time === null) return "the last hour";
  const [amount, unit] = rounded(time);
  return amount === 1 ? `the last ${unit}` : `the last ${amount} ${unit}s`;
}
