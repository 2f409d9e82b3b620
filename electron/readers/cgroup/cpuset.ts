import type { NamedLimit } from "../../../shared/model/detail.ts";
import type { CgroupPaths } from "../../../shared/model/instance.ts";
import { asText, type Found, levelsOf, none } from "./levels.ts";
import { cores, textIn } from "./read-limit.ts";
import { siblingFolder } from "./sibling-folder.ts";

/**
 * How many CPUs a list of the kernel's names: "0-2,8" is 4.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html#cpuset-interface-files; null: none, or no such list.
 */
export function parseCpuList(text: string): number | null {
  let count = 0;
  for (const part of text.split(",")) {
    const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part.trim()) ?? [];
    if (first === undefined) return null;
    const more = Number(last ?? first) - Number(first) + 1;
    if (more < 1) return null;
    count += more;
  }
  return count;
}

/** How many CPUs a cgroup may run on, where those are not all, with the ancestor that says so and the list as it stands. */
export function cpusInForce(paths: CgroupPaths): Found & { readonly told: string } {
  const sibling = siblingFolder(paths, "cpuset");
  if (sibling === null) return { ...none, told: "" };
  const { folder, mount, version } = sibling;
  const name = version === "v2" ? "cpuset.cpus.effective" : "cpuset.effective_cpus";
  const told = textIn(`${folder}/${name}`);
  const value = parseCpuList(told);
  if (value === null || value >= cores()) return { ...none, told };
  // Who made it so: the nearest whose own list is just that.
  const setter = levelsOf(folder, mount).find((level) => textIn(`${level.folder}/cpuset.cpus`) === told);
  return { value, ancestor: setter?.ancestor ?? null, from: asText(`${folder}/${name}`), told };
}

/** The same as the panel lists it, with what the cgroup itself is set to. */
export function cpusetOf(paths: CgroupPaths): readonly NamedLimit[] {
  const { value, ancestor, from, told } = cpusInForce(paths);
  if (value === null || from === null) return [];
  const sibling = siblingFolder(paths, "cpuset");
  const own = sibling === null ? null : parseCpuList(textIn(`${sibling.folder}/cpuset.cpus`));
  return [{ key: "cpuset", value, ancestor, from, own, used: null, told }];
}
