import { describe, expect, test } from "vitest";
import {
  bytes,
  bytesParts,
  clockTime,
  cores,
  count,
  durationParts,
  mebibytes,
  mebibytesFine,
  percent,
  percentFine,
  rate,
  times,
  visible,
} from "../../../shared/format.ts";

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

test.each([
  [0, "0 B"],
  [1, "1 B"],
  [512, "512 B"],
  [1023, "1,023 B"],
  [1024, "1.00 KiB"],
  [14.4 * MiB, "14.4 MiB"],
  [157 * MiB, "157 MiB"],
  [999.4 * KiB, "999 KiB"],
  [1000 * KiB, "1,000 KiB"],
  [1023.4 * KiB, "1,023 KiB"],
  [1023.6 * KiB, "1.00 MiB"], //        not "1,024 KiB"
  [1.9 * GiB, "1.90 GiB"],
  [9.999 * GiB, "10.0 GiB"],
  [4096 * GiB, "4.00 TiB"],
  [5000 * 1024 * GiB, "5,000 TiB"], //  there is no larger unit
  [-0.3, "0 B"],
  [-2 * KiB, "-2.00 KiB"], //           "other" may be a little below 0
  [null, "–"],
])("bytes: %s is %s", (value, text) => {
  expect(bytes(value)).toBe(text);
});

test("figure and unit apart", () => {
  expect(bytesParts(1.9 * GiB)).toEqual({ figure: "1.90", unit: "GiB" });
});

test.each([
  [4731 * MiB, "4,731", "4,731.0"],
  [437.2 * MiB, "437", "437.2"],
  [0.4 * MiB, "0", "0.4"],
  [-0.04 * MiB, "0", "0.0"], //         no minus before nothing
  [-1.2 * MiB, "-1", "-1.2"],
  [null, "–", "–"],
])("MiB: %s is %s, or %s", (value, whole, fine) => {
  expect([mebibytes(value), mebibytesFine(value)]).toEqual([whole, fine]);
});

test.each([
  [3.42, "3.42"],
  [0.305, "0.31"],
  [0.01, "0.01"],
  [0.006, "0.006"],
  [0, "0.00"],
  [16, "16.00"],
  [null, "–"],
])("cores: %s is %s", (value, text) => {
  expect(cores(value)).toBe(text);
});

test.each([
  [0.464, "46", "46.4"],
  [0, "0", "0.0"],
  [0.996, "100", "99.6"],
  [12.5, "1,250", "1,250.0"],
  [null, "–", "–"],
])("per cent: %s is %s, or %s", (value, whole, fine) => {
  expect([percent(value), percentFine(value)]).toEqual([whole, fine]);
});

test.each([
  [2_100_000, "2.1"],
  [49_000, "0.0"],
  [50_000, "0.1"],
  [1_250_000_000, "1,250.0"],
  [null, "–"],
])("MB/s: %s is %s", (value, text) => {
  expect(rate(value)).toBe(text);
});

test.each([
  [12, "12"],
  [1024, "1,024"],
  [0, "0"],
  [null, "–"],
])("count: %s is %s", (value, text) => {
  expect(count(value)).toBe(text);
});

test.each([
  [73.4, "73"],
  [6.21, "6.2"],
  [6, "6.0"],
  [9.94, "9.9"],
  [9.96, "10"],
  [1, "1.0"],
  [0.314, "0.31"],
  [1234.5, "1,235"],
])("times: %s is %s", (value, text) => {
  expect(times(value)).toBe(text);
});

test.each([
  [(3 * 86_400 + 4 * 3_600) * 1_000, { days: 3, hours: 4, minutes: 0, seconds: 0 }],
  [(2 * 3_600 + 10 * 60 + 9) * 1_000 + 999, { days: 0, hours: 2, minutes: 10, seconds: 9 }],
  [999, { days: 0, hours: 0, minutes: 0, seconds: 0 }],
  [-5_000, { days: 0, hours: 0, minutes: 0, seconds: 0 }],
])("duration: %s ms", (value, parts) => {
  expect(durationParts(value)).toEqual(parts);
});

test.each([
  [50_551_000, 0, "14:02:31"], //       14 x 3,600 + 2 x 60 + 31
  [50_551_999, 0, "14:02:31"],
  [50_551_000, 540, "23:02:31"], //     Korea
  [50_551_000, 600, "00:02:31"],
  [50_551_000, -210, "10:32:31"],
])("time of day: %s ms, %s minutes east, is %s", (at, offset, text) => {
  expect(clockTime(at, offset)).toBe(text);
});

describe("foreign text", () => {
  test.each([
    ["plain", "web-1", "web-1"],
    ["Korean, accents, an emoji", "컨테이너 é 🐳", "컨테이너 é 🐳"],
    ["markup is text", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
    ["an ANSI escape", "\u001b[31mred\u001b[0m", "\\u{1b}[31mred\\u{1b}[0m"],
    ["a C1 control sequence introducer", "\u009b31m", "\\u{9b}31m"],
    ["NUL, line feed, tab, delete", "a\u0000b\nc\td\u007f", "a\\u{0}b\\u{a}c\\u{9}d\\u{7f}"],
    ["a name that reads from right to left", "txt.\u202eexe", "txt.\\u{202e}exe"],
    ["bidi isolates and marks", "\u2066a\u2069\u200e\u061c", "\\u{2066}a\\u{2069}\\u{200e}\\u{61c}"],
    ["zero width", "we\u200bb\u200d\u2060\ufeff", "we\\u{200b}b\\u{200d}\\u{2060}\\u{feff}"],
    ["a soft hyphen", "a\u00adb", "a\\u{ad}b"],
    ["line and paragraph separators", "a\u2028b\u2029", "a\\u{2028}b\\u{2029}"],
    ["tags, which carry hidden text", "a\u{e0041}\u{e007f}", "a\\u{e0041}\\u{e007f}"],
    [
      "blanks that count as letters",
      "\u3164\u115f\u1160\uffa0\u2800",
      "\\u{3164}\\u{115f}\\u{1160}\\u{ffa0}\\u{2800}",
    ],
    ["half a surrogate pair", "a\ud83d b\udc33", "a\\u{d83d} b\\u{dc33}"],
    ["annotation marks", "\ufff9a\ufffb", "\\u{fff9}a\\u{fffb}"],
    ["empty", "", ""],
  ])("%s", (_, text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test("is cut, never inside a character", () => {
    expect(visible("abcdef", 4)).toBe("abcd…");
    expect(visible("abcd", 4)).toBe("abcd");
    expect(visible("abc🐳def", 4)).toBe("abc…");
    expect(visible("x".repeat(65_536))).toHaveLength(257);
  });

  test("no control character is left of any text", () => {
    const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).join("");
    expect(visible(all, all.length)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});
