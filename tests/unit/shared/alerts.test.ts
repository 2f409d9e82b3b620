import { expect, test } from "vitest";
import { isMuted, isQuiet, isTold } from "../../../shared/alerts.ts";
import { defaultSettings } from "../../../shared/model/settings.ts";

const killed = { rule: "memory-killed", severity: "critical" } as const;
const throttled = { rule: "cpu-throttled", severity: "warning" } as const;

test.each([
  ["a rule everywhere", { rule: "memory-killed", name: null }, true],
  ["another rule", { rule: "no-limit", name: null }, false],
  ["all of the instance", { rule: null, name: "loki" }, true],
  ["all of another", { rule: null, name: "worker" }, false],
  ["this rule of it", { rule: "memory-killed", name: "loki" }, true],
  ["this rule of another", { rule: "memory-killed", name: "worker" }, false],
  ["nothing at all is no mute of everything", { rule: null, name: null }, false],
] as const)("muted: %s", (_, mute, muted) => expect(isMuted(killed, "loki", [mute])).toBe(muted));

test.each([
  ["none are set", null, 0, false],
  ["in the day", { from: 540, to: 1_020 }, 540, true],
  ["its end is no part of it", { from: 540, to: 1_020 }, 1_020, false],
  ["over midnight, before it", { from: 1_320, to: 420 }, 1_400, true],
  ["over midnight, after it", { from: 1_320, to: 420 }, 419, true],
  ["over midnight, by day", { from: 1_320, to: 420 }, 720, false],
] as const)("quiet hours: %s", (_, hours, minute, quiet) => expect(isQuiet(hours, minute)).toBe(quiet));

test("told: warnings and worse; in quiet hours only what is critical; nothing while alerts are off", () => {
  const night = { ...defaultSettings, quietHours: { from: 0, to: 60 } };
  expect(isTold(throttled, "a", defaultSettings, 30)).toBe(true);
  expect(isTold({ ...throttled, severity: "note" }, "a", defaultSettings, 30)).toBe(false);
  expect(isTold(throttled, "a", night, 30)).toBe(false);
  expect(isTold(killed, "a", night, 30)).toBe(true);
  expect(isTold(killed, "a", { ...night, alerts: false }, 30)).toBe(false);
  expect(isTold(killed, "a", { ...night, muted: [{ rule: null, name: "a" }] }, 30)).toBe(false);
});
