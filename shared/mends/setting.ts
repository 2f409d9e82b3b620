import type { Resource } from "../model/change.ts";
import type { Bytes, Cores } from "../model/units.ts";

/**
 * One limit as an engine keeps it, whatever the engine calls it: what is read before a change, set by it, and set again by
 * its undoing. `null` is no limit.
 */
export type Setting =
  | {
      readonly resource: "memory";
      readonly limit: Bytes | null;
      /** Memory and swap together. */
      readonly withSwap: Bytes | null;
    }
  | {
      readonly resource: "cpu";
      readonly limit: Cores | null;
      /** Docker keeps `--cpus` and quota / period apart, and refuses one where the other is set. */
      readonly by: "cpus" | "quota";
    }
  | { readonly resource: "pids"; readonly limit: number | null }
  /** The RAM that a VM has now, by its balloon. */
  | { readonly resource: "vmMemory"; readonly limit: Bytes | null }
  /** CPU time of a whole VM. */
  | { readonly resource: "vmCpu"; readonly limit: Cores | null };

/**
 * The same setting with another limit. Memory takes its swap along: none stays none, none forbidden stays so, Docker's double
 * stays double, and any other amount stays the amount that it is. 192 with 192 to 320: 320 with 320; 192 with 384 to 320: 320
 * with 640; 192 with 256 to 320: 320 with 384. Where there was no limit the new one is of memory alone, without swap beside
 * it, as the rules judge it. CPU without a limit gets a quota: Docker can't take `--cpus` away again.
 */
export function settingTo(now: Setting, to: number): Setting {
  if (now.resource !== "memory") return { ...now, limit: to };
  return { ...now, limit: to, withSwap: swapWith(now, to) };
}

function swapWith({ limit, withSwap }: Extract<Setting, { resource: "memory" }>, to: Bytes): Bytes | null {
  if (limit === null) return to;
  if (withSwap === null) return null;
  return withSwap === 2 * limit ? 2 * to : to + Math.max(0, withSwap - limit);
}

/** What is assumed of an instance that can't be asked: no swap beside its memory, no quota. */
export function settingFrom(resource: Resource, from: number | null): Setting {
  switch (resource) {
    case "memory":
      return { resource, limit: from, withSwap: from };
    case "cpu":
      return { resource, limit: from, by: "cpus" };
    case "pids":
    case "vmMemory":
    case "vmCpu":
      return { resource, limit: from };
  }
}

/**
 * A limit as it can be set: whole processes; whole KiB of memory, libvirt's unit, which is less than the page that the
 * kernel rounds down to; hundredths of a core. 1.2345 cores: 1.23.
 */
export function settable(resource: Resource, to: number): number {
  switch (resource) {
    case "memory":
    case "vmMemory":
      return Math.max(1, Math.round(to / 1_024)) * 1_024;
    case "cpu":
    case "vmCpu":
      return Math.max(1, Math.round(to * 100)) / 100;
    case "pids":
      return Math.max(1, Math.round(to));
  }
}

/** The largest page of a kernel that containers run on: limits of memory are rounded down to it. */
const largestPage: Bytes = 65_536;

/** Whether a limit that was read back is the one that was set, as far as kernel and engine round it. */
export function isSet(resource: Resource, to: number | null, back: number | null): boolean {
  if (to === null || back === null) return to === back;
  if (resource === "memory" || resource === "vmMemory") return back <= to && back > to - largestPage;
  return Math.abs(back - to) < 0.005;
}
