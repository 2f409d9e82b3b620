import type { CgroupPaths } from "../../../shared/model/instance.ts";
import { cgroupMounts } from "../../machine/cgroup-paths.ts";
import { readOnce, shared } from "../../machine/held-file.ts";
import { asText, type Found, levelsOf, none } from "./levels.ts";

export const ioKeys = ["ioRead", "ioWrite", "ioReads", "ioWrites"] as const;
export type IoKey = (typeof ioKeys)[number];

/** Least limit of each kind over all devices, in bytes or operations a second; null: none. */
export type IoLimits = { readonly [key in IoKey]: number | null };

const v2Names: { readonly [key in IoKey]: string } = {
  ioRead: "rbps",
  ioWrite: "wbps",
  ioReads: "riops",
  ioWrites: "wiops",
};
const v1Files: { readonly [key in IoKey]: string } = {
  ioRead: "blkio.throttle.read_bps_device",
  ioWrite: "blkio.throttle.write_bps_device",
  ioReads: "blkio.throttle.read_iops_device",
  ioWrites: "blkio.throttle.write_iops_device",
};

const nothing: IoLimits = { ioRead: null, ioWrite: null, ioReads: null, ioWrites: null };
const least = (values: readonly number[]) => (values.length === 0 ? null : Math.min(...values));

/**
 * io.max of cgroup v2, a line a device, https://docs.kernel.org/admin-guide/cgroup-v2.html#io-interface-files
 *   8:16 rbps=2097152 wbps=max riops=max wiops=120
 */
export function parseIoMax(text: string): IoLimits {
  const of = (name: string) =>
    least(
      [...text.matchAll(new RegExp(`^\\d+:\\d+ .*?\\b${name}=(\\d{1,20})\\b`, "gm"))].map(([, n]) =>
        Number(n),
      ),
    );
  const { ioRead, ioWrite, ioReads, ioWrites } = v2Names;
  return { ioRead: of(ioRead), ioWrite: of(ioWrite), ioReads: of(ioReads), ioWrites: of(ioWrites) };
}

/**
 * A file of blkio.throttle of cgroup v1, a line a device; a device without a limit is not in it.
 *   8:16  1048576
 */
export const parseThrottle = (text: string): number | null =>
  least([...text.matchAll(/^\d+:\d+\s+(\d{1,20})$/gm)].map(([, n]) => Number(n)));

/** "" also where nothing is limited, which is nearly everywhere: nothing is then parsed. */
const textIn = (path: string): string => shared.toString("latin1", 0, Math.max(0, readOnce(path)));

function limitsAt(folder: string, v1: boolean, keys: readonly IoKey[]): IoLimits {
  if (!v1) {
    const text = textIn(`${folder}/io.max`);
    return text === "" ? nothing : parseIoMax(text);
  }
  const found = { ...nothing };
  for (const key of keys) {
    const text = textIn(`${folder}/${v1Files[key]}`);
    found[key] = text === "" ? null : parseThrottle(text);
  }
  return found;
}

/**
 * Limits of block I/O in force: on v2 the least along the ancestors, the nearest of equals. v1 does not hand them down:
 * there a cgroup's own are all. `known` keeps what ancestors say, for those that share them; it is the caller's to empty.
 */
export function ioInForce(
  paths: CgroupPaths,
  keys: readonly IoKey[],
  known: Map<string, IoLimits>,
): { readonly [key in IoKey]: Found } {
  const found: { [key in IoKey]: Found } = { ioRead: none, ioWrite: none, ioReads: none, ioWrites: none };
  const folder = paths.blkio ?? paths.unified;
  if (folder === null) return found;
  const v1 = paths.blkio !== null;
  for (const level of levelsOf(folder, v1 ? null : (cgroupMounts()?.unified ?? null))) {
    const limits = known.get(level.folder) ?? limitsAt(level.folder, v1, keys);
    if (level.ancestor !== null) known.set(level.folder, limits);
    for (const key of keys) {
      const value = limits[key];
      if (value === null || (found[key].value ?? Number.POSITIVE_INFINITY) <= value) continue;
      const from = asText(`${level.folder}/${v1 ? v1Files[key] : "io.max"}`);
      found[key] = { value, ancestor: level.ancestor, from };
    }
  }
  return found;
}
