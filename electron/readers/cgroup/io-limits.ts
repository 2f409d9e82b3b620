import { readFileSync } from "node:fs";
import type { NamedLimit } from "../../../shared/model/detail.ts";
import type { CgroupPaths } from "../../../shared/model/instance.ts";
import { cgroupMounts } from "../../machine/cgroup-paths.ts";
import { asText, levelsOf } from "./limits.ts";

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

const textIn = (path: string): string => {
  try {
    return readFileSync(Buffer.from(path, "latin1"), "latin1");
  } catch {
    return "";
  }
};

/** Limits of block I/O in force, for the panel: the least along the ancestors, the nearest of equals. */
export function ioLimits(paths: CgroupPaths): readonly NamedLimit[] {
  const mounts = cgroupMounts();
  const v1 = paths.blkio !== null;
  const folder = paths.blkio ?? paths.unified;
  if (folder === null) return [];
  const mount = v1 ? mounts?.controllers.get("blkio") : mounts?.unified;
  const levels = levelsOf(folder, mount ?? null);
  const read = (level: string, key: IoKey): number | null =>
    v1 ? parseThrottle(textIn(`${level}/${v1Files[key]}`)) : parseIoMax(textIn(`${level}/io.max`))[key];
  return ioKeys.flatMap((key) => {
    let found: NamedLimit | null = null;
    for (const { folder: level, ancestor } of levels) {
      const value = read(level, key);
      if (value === null || (found?.value != null && found.value <= value)) continue;
      found = { key, value, ancestor, from: asText(`${level}/${v1 ? v1Files[key] : "io.max"}`) };
    }
    return found === null ? [] : [found];
  });
}
