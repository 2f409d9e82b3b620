import { readdirSync } from "node:fs";
import type { NamedLimit } from "../../../shared/model/detail.ts";
import type { CgroupPaths } from "../../../shared/model/instance.ts";
import { asText, levelsOf } from "./levels.ts";
import { numberIn } from "./read-limit.ts";
import { siblingFolder } from "./sibling-folder.ts";

/** v1 writes "no limit" as 2^63 less a huge page. */
const unlimited = 2 ** 62;

/**
 * Limits of huge pages, one a size of page, with what is in use: v2 hugetlb.2MB.max and .current, v1 .limit_in_bytes and
 * .usage_in_bytes, https://docs.kernel.org/admin-guide/cgroup-v2.html#hugetlb. The least along the ancestors.
 */
export function hugetlbOf(paths: CgroupPaths): readonly NamedLimit[] {
  const sibling = siblingFolder(paths, "hugetlb");
  if (sibling === null) return [];
  const { folder, mount, version } = sibling;
  const [limit, usage] = version === "v2" ? ["max", "current"] : ["limit_in_bytes", "usage_in_bytes"];
  return sizesIn(folder, limit).flatMap((size): NamedLimit[] => {
    const at = (where: string) => {
      const value = numberIn(`${where}/hugetlb.${size}.${limit}`);
      return value === null || value > unlimited ? null : value;
    };
    let least: { value: number; ancestor: string | null; from: string } | null = null;
    for (const level of levelsOf(folder, mount)) {
      const value = at(level.folder);
      if (value !== null && (least === null || value < least.value))
        least = { value, ancestor: level.ancestor, from: asText(`${level.folder}/hugetlb.${size}.${limit}`) };
    }
    const used = numberIn(`${folder}/hugetlb.${size}.${usage}`);
    return least === null ? [] : [{ key: "hugetlb", ...least, own: at(folder), used, told: size }];
  });
}

/** "2MB", "1GB": the sizes that this kernel has, smallest name first. */
function sizesIn(folder: string, limit: string): readonly string[] {
  try {
    const sizes = readdirSync(Buffer.from(folder, "latin1"), "latin1").flatMap((name) => {
      const size = /^hugetlb\.(\d{1,6}[KMGT]B)\.(\w+)$/.exec(name);
      return size?.[1] !== undefined && size[2] === limit ? [size[1]] : [];
    });
    return sizes.sort();
  } catch {
    return [];
  }
}
