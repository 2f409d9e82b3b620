import type { Bytes } from "../../../shared/model/units.ts";

/** One option of the command line, as keys and values. Foreign keys: a Map, never an object. */
export type Options = ReadonlyMap<string, string>;

/**
 * Parses the value of one option, https://www.qemu.org/docs/master/system/invocation.html
 *   guest=a,,b,debug-threads=on        a doubled comma is a comma
 *   4,sockets=2                        the first item may lack its key: `implied`
 *   q35,usb,nographics                 a later item without value is on; with "no" before it, off
 *   {"qom-type":"memory-backend-ram","size":134217728}     JSON, its scalars only
 */
export function parseOptions(text: string, implied: string): Options {
  if (text.startsWith("{")) return fromJson(text);
  const found = new Map<string, string>();
  // No argument can hold a NUL, so that it can stand for the doubled comma while we split.
  const items = text
    .replaceAll(",,", "\0")
    .split(",")
    .map((item) => item.replaceAll("\0", ","));
  items.forEach((item, index) => {
    const sign = item.indexOf("=");
    if (sign >= 0) found.set(item.slice(0, sign), item.slice(sign + 1));
    else if (index === 0 && implied !== "") found.set(implied, item);
    else if (item.startsWith("no")) found.set(item.slice(2), "off");
    else if (item !== "") found.set(item, "on");
  });
  return found;
}

function fromJson(text: string): Options {
  const found = new Map<string, string>();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return found;
    for (const [key, one] of Object.entries(value))
      if (["string", "number", "boolean"].includes(typeof one)) found.set(key, String(one));
  } catch {
    // not JSON after all: an option that nobody can read says nothing
  }
  return found;
}

/**
 * Parses a file given with -readconfig, https://www.qemu.org/docs/master/system/invocation.html (-readconfig)
 *   [memory]
 *     size = "1024M"
 *   [device "dimm1"]
 *     driver = "pc-dimm"
 * Gives each section's group and what stands in it; the quoted part of the head is its `id`.
 */
export function parseConfig(text: string): readonly (readonly [group: string, options: Options])[] {
  const sections: [string, Map<string, string>][] = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line.startsWith("[") && line.endsWith("]")) {
      const [group = "", id] = line.slice(1, -1).split('"');
      sections.push([group.trim(), new Map(id === undefined ? [] : [["id", id]])]);
      continue;
    }
    const sign = line.indexOf("=");
    const section = sections.at(-1);
    if (line.startsWith("#") || sign < 0 || !section) continue;
    const value = line.slice(sign + 1).trim();
    const quoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
    section[1].set(line.slice(0, sign).trim(), quoted ? value.slice(1, -1) : value);
  }
  return sections;
}

const powers = ["B", "K", "M", "G", "T", "P", "E"];

/**
 * Bytes of a size as QEMU writes it: "1.5G", "2048" (in `unit`), "131072k", "0x8000000" (bytes or `unit` too).
 * Source: QEMU util/cutils.c qemu_strtosz. Null: not a size.
 */
export function parseSize(text: string, unit: "B" | "M"): Bytes | null {
  const parts = /^(0[xX][0-9a-fA-F]{1,15}|\d{1,19}(?:\.\d{0,19})?)([bBkKmMgGtTpPeE]?)$/.exec(text.trim());
  if (!parts) return null;
  const power = powers.indexOf((parts[2] || unit).toUpperCase());
  const size = Math.trunc(Number(parts[1]) * 1024 ** power);
  return size < 2 ** 63 ? size : null;
}

/** A whole number that is written as one; null: it is not, or there is none. */
export function parseCount(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}
