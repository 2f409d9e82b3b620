import type { Finding } from "./model/finding.ts";
import type { Mute, Settings } from "./model/settings.ts";

/** Muted: the rule everywhere, all of the instance, or this rule of it. `name`: the instance's; null: the whole computer. */
export const isMuted = (
  { rule }: Pick<Finding, "rule">,
  name: string | null,
  muted: readonly Mute[],
): boolean =>
  muted.some(
    (mute) =>
      (mute.rule === null ? mute.name !== null : mute.rule === rule) &&
      (mute.name === null || mute.name === name),
  );

/** Whether it is quiet at this minute of the local day. From 22:00 to 7:00 goes over midnight; from and to alike is never. */
export function isQuiet(hours: Settings["quietHours"], minuteOfDay: number): boolean {
  if (hours === null) return false;
  const { from, to } = hours;
  return from <= to ? minuteOfDay >= from && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to;
}

/** Whether a finding is told when it opens, as a toast or a notification: notes are not, in quiet hours only critical ones are. */
export const isTold = (
  finding: Pick<Finding, "rule" | "severity">,
  name: string | null,
  { alerts, quietHours, muted }: Pick<Settings, "alerts" | "quietHours" | "muted">,
  minuteOfDay: number,
): boolean =>
  alerts &&
  finding.severity !== "note" &&
  (finding.severity === "critical" || !isQuiet(quietHours, minuteOfDay)) &&
  !isMuted(finding, name, muted);
