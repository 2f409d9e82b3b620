import { count, durationParts } from "../../format.ts";
import type { Millis } from "../../model/units.ts";

/** "한 번", "두 번", "1,214번". */
export const often = (times: number | null): string =>
  times === 1 ? "한 번" : times === 2 ? "두 번" : times === 3 ? "세 번" : `${count(times)}번`;

/** "1시간", "21분", "40초": one unit, the largest that says enough. */
export function lasting(time: Millis | null): string {
  if (time === null) return "한동안";
  const { days, hours, minutes, seconds } = durationParts(Math.max(1_000, time));
  if (days > 1) return `${days}일`;
  const allHours = 24 * days + hours;
  if (allHours > 1) return `${allHours}시간`;
  if (allHours === 1) return minutes < 5 ? "1시간" : `${60 + minutes}분`;
  return minutes > 0 ? `${minutes}분` : `${seconds}초`;
}
