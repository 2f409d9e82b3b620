import type { Bytes, BytesPerSecond, Cores, Fraction, Millis } from "./model/units.ts";

/** The one place where a number becomes text. Units stay Latin in every language. Unknown is a dash. */
export const unknown = "–";

const kib = 1024;
const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
/** Made once: making one costs as much as writing a hundred figures. "negative": what rounds to 0 has no minus. */
const decimals = (digits: number) =>
  new Intl.NumberFormat("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "negative",
  });
const significant = (digits: number) =>
  new Intl.NumberFormat("en-US", {
    minimumSignificantDigits: digits,
    maximumSignificantDigits: digits,
    signDisplay: "negative",
  });
const ticks = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2, useGrouping: false });
const grouped = decimals(0);
const oneDecimal = decimals(1);
const twoDecimals = decimals(2);
const threeDecimals = decimals(3);
const twoFigures = significant(2);
const threeFigures = significant(3);

/** Figure and unit apart, for a headline that sets them in two sizes. Three significant figures, the fitting unit. */
export function bytesParts(value: Bytes): { readonly figure: string; readonly unit: string } {
  let power = 0;
  let scaled = value;
  // From 1,023.5 on it would be written as 1,024 of the smaller unit.
  while (Math.abs(scaled) >= kib - 0.5 && power < units.length - 1) {
    scaled /= kib;
    power++;
  }
  const figure = (power === 0 || Math.abs(scaled) >= 1000 ? grouped : threeFigures).format(scaled);
  return { figure, unit: units[power] ?? "B" };
}

/** "1.90 GiB", "14.4 MiB", "512 B". */
export function bytes(value: Bytes | null): string {
  if (value === null) return unknown;
  const { figure, unit } = bytesParts(value);
  return `${figure} ${unit}`;
}

/** As `bytes`, but a whole amount without its zeros, as limits are set: "8 GiB", "192 MiB", "1.50 GiB". */
export const wholeBytes = (value: Bytes | null): string => bytes(value).replace(/\.0+(?= )/, "");

/** Whole MiB for a table's column, so that the width of a figure shows its size: "4,731". */
export const mebibytes = (value: Bytes | null): string =>
  value === null ? unknown : grouped.format(value / kib / kib);

/** "157.0": MiB with one decimal, for a tooltip. */
export const mebibytesFine = (value: Bytes | null): string =>
  value === null ? unknown : oneDecimal.format(value / kib / kib);

/** "0.31", "3.42"; below 0.01 three decimals, so that a small cost is not called nothing. */
export function cores(value: Cores | null): string {
  if (value === null) return unknown;
  return (value > 0 && value < 0.01 ? threeDecimals : twoDecimals).format(value);
}

/** Whole per cent without the sign, for a column that says %: "46". */
export const percent = (value: Fraction | null): string =>
  value === null ? unknown : grouped.format(value * 100);

/** "17.8": per cent with one decimal, for shares that are mostly small. */
export const percentFine = (value: Fraction | null): string =>
  value === null ? unknown : oneDecimal.format(value * 100);

/** "0.06": per cent with two decimals, for parts of a host that must be seen to add up. */
export const percentHundredths = (value: Fraction | null): string =>
  value === null ? unknown : twoDecimals.format(value * 100);

/** MB/s with one decimal, as networks and disks are sold: "2.1". */
export const rate = (value: BytesPerSecond | null): string =>
  value === null ? unknown : oneDecimal.format(value / 1e6);

/** A time to ready in ms: "1,453", "239"; one decimal below 10: "2.5". */
export const milliseconds = (value: Millis | null): string =>
  value === null ? unknown : (value < 9.95 ? oneDecimal : grouped).format(value);

/** "0.236", "1.453": a time in s to the millisecond, for a table's column. */
export const seconds = (value: Millis | null): string =>
  value === null ? unknown : threeDecimals.format(value / 1_000);

/** "0.31", "14.47": a time in s to the hundredth, for a list. */
export const secondsShort = (value: Millis | null): string =>
  value === null ? unknown : twoDecimals.format(value / 1_000);

/** "12", "1,024". */
export const count = (value: number | null): string => (value === null ? unknown : grouped.format(value));

/** A tick's number: "0.5", "16", "128"; at most two decimals, none that are 0. */
export const tick = (value: number): string => ticks.format(value);

/** A ratio in words: "73", "6.2", "0.31". */
export const times = (value: number): string =>
  (value >= 9.95 ? grouped : value >= 0.995 ? oneDecimal : twoFigures).format(value);

/** A duration in days, hours, minutes and seconds, of which the catalogue names the largest two that are not 0. */
export function durationParts(value: Millis): {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
} {
  const seconds = Math.max(0, Math.floor(value / 1000));
  return {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
}

const twoDigits = (value: number) => String(value).padStart(2, "0");
/** "14:02:31" of a moment, in the offset (minutes east of UTC) that the caller gives: the clock is the door's. */
export function clockTime(at: Millis, offsetMinutes: number): string {
  const seconds = Math.floor(at / 1000) + offsetMinutes * 60;
  return [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
    .map(twoDigits)
    .join(":");
}

/**
 * Foreign text made harmless to read: what can't be seen or moves what can (control and format characters, among them
 * zero-width and bidi controls and tags; line and paragraph separators; half surrogates; blanks that count as letters)
 * becomes `\u{..}`, what is beyond `most` characters is cut with an ellipsis. For page, terminal, log and every file.
 */
export function visible(text: string, most = 256): string {
  const cut = text.length > most ? `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
  return cut.replace(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u2800\u3164\uffa0]/gu;
