import { readFileSync } from "node:fs";
import { type Controller, controllers } from "../../shared/model/instance.ts";
import { cgroupMounts } from "./cgroup-paths.ts";

/** The kernel's names for them: v1 calls io by its older name. */
const kernelNames: { readonly [controller in Controller]: readonly string[] } = {
  memory: ["memory"],
  cpu: ["cpu"],
  pids: ["pids"],
  io: ["io", "blkio"],
};

/**
 * The controllers in a list of names, as cgroup.controllers of v2 holds it and the mounts of v1 do.
 *   cpuset cpu io memory hugetlb pids rdma misc
 */
export const controllersIn = (names: Iterable<string>): readonly Controller[] => {
  const present = new Set(names);
  return controllers.filter((controller) => kernelNames[controller].some((name) => present.has(name)));
};

/** Controllers that this kernel has switched on, in either hierarchy; null: no cgroups here. */
export function hostControllers(): readonly Controller[] | null {
  const mounts = cgroupMounts();
  if (mounts === null) return null;
  return controllersIn([...mounts.controllers.keys(), ...namesIn(mounts.unified)]);
}

/** What cgroup.controllers of a v2 folder holds: for the root all there is, for any other what it was handed. */
export function namesIn(folder: string | null): readonly string[] {
  if (folder === null) return [];
  try {
    return readFileSync(Buffer.from(`${folder}/cgroup.controllers`, "latin1"), "latin1")
      .trim()
      .split(/\s+/);
  } catch {
    return [];
  }
}
