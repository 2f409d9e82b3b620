import fc from "fast-check";
import { expect, test } from "vitest";
import {
  minuteText,
  parseMinute,
  parseThreshold,
  type ThresholdName,
  thresholdGroups,
  thresholdText,
} from "../../../../../renderer/views/settings/threshold-text.ts";
import { defaultThresholds } from "../../../../../shared/rules/thresholds.ts";
import { words } from "../../../../../shared/words/words.ts";

const { units } = words.en.settings.judged;
const names = Object.keys(defaultThresholds) as readonly ThresholdName[];

test("every threshold stands in one group", () => {
  expect(Object.values(thresholdGroups).flat().toSorted()).toEqual([...names].toSorted());
});

test("a threshold is written in the unit that fits it", () => {
  expect(thresholdText(units, "memoryNear", 0.9)).toBe("90 %");
  expect(thresholdText(units, "headroom", 0.125)).toBe("12.5 %");
  expect(thresholdText(units, "throttledFor", 90_000)).toBe("90 s");
  expect(thresholdText(units, "fillsWithin", 1_800_000)).toBe("30 min");
  expect(thresholdText(units, "killedFor", 3_600_000)).toBe("1 h");
  expect(thresholdText(units, "restarts", 3)).toBe("3");
});

test.each([
  ["memoryNear", "85", "90 %", 0.85],
  ["memoryNear", "7 %", "90 %", 0.07],
  ["memoryNear", "12,5", "90 %", 0.125],
  ["memoryNear", "101", "90 %", null],
  ["memoryNear", "many", "90 %", null],
  ["throttledFor", "5 min", "60 s", 300_000],
  ["throttledFor", "5", "1 min", 300_000],
  ["throttledFor", "30s", "1 min", 30_000],
  ["throttledFor", "2분", "60초", 120_000],
  ["throttledFor", "2 h", "1 min", null],
  ["throttledFor", "0 s", "1 min", null],
  ["restarts", "5", "3", 5],
  ["restarts", "2.5", "3", null],
  ["restarts", "1", "3", null],
] as const)("%s: %j, typed over %j, is read as %d", (name, text, shown, value) => {
  expect(parseThreshold(name, text, shown)).toBe(value);
});

test("what is written is read again as it was, in both languages", () => {
  for (const { settings } of Object.values(words))
    for (const name of names) {
      const text = thresholdText(settings.judged.units, name, defaultThresholds[name]);
      expect(parseThreshold(name, text, text)).toBe(defaultThresholds[name]);
    }
});

test("a minute of the day is written as a time and read again", () => {
  expect([parseMinute("22:00"), parseMinute("7"), parseMinute("7.30")]).toEqual([1_320, 420, 450]);
  expect([parseMinute("24:00"), parseMinute("7:60"), parseMinute("noon")]).toEqual([null, null, null]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_439 }), (value) => {
      expect(parseMinute(minuteText(value))).toBe(value);
    }),
  );
});
