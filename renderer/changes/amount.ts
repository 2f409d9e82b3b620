import { count, mebibytes, mebibytesFine, tick } from "../../shared/format.ts";
import type { Resource } from "../../shared/model/change.ts";

const mib = 1024 ** 2;
const gib = 1024 ** 3;

/** The unit that amounts of a resource are written in; "cores" and "pids" are named by the catalogue. */
export type AmountUnit = "MiB" | "GiB" | "cores" | "pids";

/** Memory is counted in bytes; all else in cores or processes. */
export const isMemory = (resource: Resource): boolean => resource === "memory" || resource === "vmMemory";

/** One unit for amounts that stand side by side: GiB only where each of them is whole quarters of it. */
export function unitOf(resource: Resource, ...amounts: readonly (number | null)[]): AmountUnit {
  if (resource === "pids") return "pids";
  if (!isMemory(resource)) return "cores";
  const known = amounts.filter((amount) => amount !== null);
  const inGib = known.every((amount) => amount >= gib && amount % (gib / 4) === 0);
  return known.length > 0 && inGib ? "GiB" : "MiB";
}

/** The figure of an amount in a unit, as limits are set: "320", "1.5", "1,536". */
export function amountText(amount: number, unit: AmountUnit): string {
  if (unit === "GiB") return tick(amount / gib);
  if (unit === "MiB") return amount % mib === 0 ? mebibytes(amount) : mebibytesFine(amount);
  return unit === "pids" ? count(amount) : tick(amount);
}

const powers: { readonly [letter: string]: number } = {
  "": mib,
  b: 1,
  k: 1024,
  m: mib,
  g: gib,
  t: 1024 ** 4,
};

/**
 * What somebody typed, in the resource's base unit; null: it can't be read, or is nothing. Memory as Docker and people write it
 * ("320", "320m", "1.5 GiB"; a bare number is in `unit`), cores also in Kubernetes' thousandths ("500m").
 */
export function parseAmount(resource: Resource, text: string, unit: AmountUnit): number | null {
  const [, digits, letters = ""] = /^(\d+(?:,\d{3})*(?:[.,]\d+)?)\s*(\p{L}*)$/u.exec(text.trim()) ?? [];
  if (digits === undefined) return null;
  // "1,536" is how Tare writes thousands; any other comma is a decimal one.
  const number = Number(digits.replace(/,(?=\d{3}(?!\d))/g, "").replace(",", "."));
  const value = isMemory(resource) ? memory(number, letters, unit) : plain(resource, number, letters);
  return value !== null && value > 0 && Number.isFinite(value) ? value : null;
}

function memory(number: number, letters: string, unit: AmountUnit): number | null {
  const [, power] = /^([bkmgt]?)(?:i?b)?$/i.exec(letters) ?? [];
  if (power === undefined) return null;
  const factor = letters === "" && unit === "GiB" ? gib : powers[power.toLowerCase()];
  return factor === undefined ? null : Math.round(number * factor);
}

function plain(resource: Resource, number: number, letters: string): number | null {
  if (resource === "pids")
    return /^(?:process(?:es)?|개)?$/i.test(letters) && Number.isInteger(number) ? number : null;
  if (!/^(?:m|cores?|코어)?$/i.test(letters)) return null;
  // Docker takes no less than a hundredth of a core.
  return Math.round((letters === "m" ? number / 1_000 : number) * 100) / 100;
}

/** The next round amount up or down: quarters of a doubling for memory, ever larger steps for cores and processes. */
export function steppedAmount(resource: Resource, amount: number, by: 1 | -1): number {
  const step = stepAt(resource, by === 1 ? amount : amount * (1 - 1e-9));
  const next =
    by === 1 ? Math.floor(amount / step + 1 + 1e-9) * step : Math.ceil(amount / step - 1 - 1e-9) * step;
  return Math.max(leastOf(resource), Math.round(next * 100) / 100);
}

function stepAt(resource: Resource, amount: number): number {
  if (isMemory(resource)) return Math.max(mib, 2 ** Math.floor(Math.log2(amount)) / 4);
  if (resource === "pids") return Math.max(1, 10 ** Math.floor(Math.log10(amount)) / 2);
  return amount < 0.5 ? 0.05 : amount < 1 ? 0.1 : amount < 4 ? 0.25 : 1;
}

const leastOf = (resource: Resource) => (isMemory(resource) ? mib : resource === "pids" ? 1 : 0.01);

/** The least amount that is not below `floor` (present use and a tenth), in the grain that limits are set in. */
export function safeAmount(resource: Resource, floor: number): number {
  if (isMemory(resource)) return Math.ceil(floor / mib) * mib;
  if (resource === "pids") return Math.ceil(floor);
  return Math.ceil(floor * 100 - 1e-6) / 100;
}
