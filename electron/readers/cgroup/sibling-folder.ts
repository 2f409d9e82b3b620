import type { CgroupPaths } from "../../../shared/model/instance.ts";
import { cgroupMounts } from "../../machine/cgroup-paths.ts";

/** A cgroup's folder in a controller that it is not weighed by, and where that is mounted. */
export type Sibling = { readonly folder: string; readonly mount: string; readonly version: "v1" | "v2" };

/**
 * The folder of a further controller (cpuset, hugetlb): engines make the same path in every tree of v1; with v2 it is the
 * one folder there is. Null: that controller is not mounted.
 */
export function siblingFolder(paths: CgroupPaths, controller: string): Sibling | null {
  const mounts = cgroupMounts();
  const mount = mounts?.controllers.get(controller);
  if (mounts && mount !== undefined) {
    for (const known of ["memory", "cpu", "pids", "cpuacct", "blkio"] as const) {
      const [path, root] = [paths[known], mounts.controllers.get(known)];
      if (path !== null && root !== undefined && path.startsWith(`${root}/`))
        return { folder: mount + path.slice(root.length), mount, version: "v1" };
    }
    return null;
  }
  const { unified } = paths;
  return unified === null ? null : { folder: unified, mount: mounts?.unified ?? unified, version: "v2" };
}
