import { existsSync } from "node:fs";
import type { Missing } from "../../../shared/model/detail.ts";
import type { CgroupPaths, Controller } from "../../../shared/model/instance.ts";
import { hostControllers } from "../../machine/cgroup-controllers.ts";
import { textOf } from "../../machine/proc-files.ts";

/** What a kernel says of itself, read when a panel asks. */
export type KernelSays = {
  readonly controllers: readonly Controller[] | null;
  /** /proc/cmdline */
  readonly commandLine: string;
  /** PSI of the whole computer can be read. */
  readonly pressure: boolean;
};

export const kernelSays = (): KernelSays => ({
  controllers: hostControllers(),
  commandLine: textOf("/proc/cmdline"),
  pressure: textOf("/proc/pressure/cpu") !== "",
});

/** cgroup.memory=nokmem, alone or in a list. */
const noKernelMemory = /(?:^|\s)cgroup\.memory=(?:[\w,]*,)?nokmem(?:[,\s]|$)/;

/**
 * What the kernel does not offer for a cgroup, and why: a controller that is off for everybody or was not handed down,
 * pressure, kernel memory, the accounting of swap. `pressure`: that of the cgroup could be read.
 */
export function missingOf(
  paths: CgroupPaths,
  without: readonly Controller[],
  pressure: boolean,
  kernel: KernelSays,
): readonly Missing[] {
  const missing: Missing[] = without.map((what) => ({
    what,
    why: kernel.controllers?.includes(what) ? "undelegated" : "off",
  }));
  if (!pressure) missing.push({ what: "pressure", why: kernel.pressure ? "undelegated" : "off" });
  if (without.includes("memory")) return missing;
  const stands = (folder: string | null, name: string) =>
    folder !== null && existsSync(Buffer.from(`${folder}/${name}`, "latin1"));
  const swap =
    stands(paths.memory, "memory.memsw.limit_in_bytes") || stands(paths.unified, "memory.swap.max");
  const counted = paths.memory === null || stands(paths.memory, "memory.kmem.usage_in_bytes");
  if (!counted || noKernelMemory.test(kernel.commandLine)) missing.push({ what: "kernelMemory", why: "off" });
  if (!swap) missing.push({ what: "swap", why: "off" });
  return missing;
}
