import { wholeUnit } from "../../../shared/mends/amounts.ts";
import type { Bytes } from "../../../shared/model/units.ts";

/** As compose takes it, https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values: 192m, 1.5gb, 64 MiB, 1024 */
const size = /^(\d{1,19}(?:\.\d{1,9})?) ?(?:([kmgt])(i?b)?|(b))?$/i;

/** Bytes of a compose file's value; null: it is none that compose would take. "1.5g" is 1,610,612,736. */
export function parseSize(value: unknown): Bytes | null {
  const parts = size.exec(String(value));
  if (!parts) return null;
  const power = parts[2] === undefined ? 0 : "kmgt".indexOf(parts[2].toLowerCase()) + 1;
  return Math.round(Number(parts[1]) * 1_024 ** power);
}

/**
 * `to` written as `before` was: "192m" -> "320m", "1GB" -> "1280MB", "201326592" -> "335544320". A unit in which it is no
 * whole number gives way to a smaller one.
 */
export function sizeLike(before: string, to: Bytes): string {
  const parts = size.exec(before);
  const { count, unit } = wholeUnit(to);
  if (parts === null) return `${count}${unit}`;
  const [, , letter, rest = "", onlyBytes] = parts;
  if (letter === undefined) return `${Math.round(to)}${onlyBytes ?? ""}`;
  const upper = letter === letter.toUpperCase();
  if (unit === "b") return `${count}${upper ? "B" : "b"}`;
  return `${count}${upper ? unit.toUpperCase() : unit}${rest}`;
}
