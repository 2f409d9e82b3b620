import { expect, test } from "vitest";
import { levelsOf } from "../../../../../electron/readers/cgroup/levels.ts";

test("the ancestors, nearest first, without the root", () => {
  expect(levelsOf("/sys/fs/cgroup/a.slice/b.slice/c.scope", "/sys/fs/cgroup")).toEqual([
    { folder: "/sys/fs/cgroup/a.slice/b.slice/c.scope", ancestor: null },
    { folder: "/sys/fs/cgroup/a.slice/b.slice", ancestor: "/a.slice/b.slice" },
    { folder: "/sys/fs/cgroup/a.slice", ancestor: "/a.slice" },
  ]);
});

test("outside the mount nothing is known above", () => {
  expect(levelsOf("/tmp/x/y", "/sys/fs/cgroup")).toHaveLength(1);
  expect(levelsOf("/sys/fs/cgroups/y", "/sys/fs/cgroup")).toHaveLength(1);
  expect(levelsOf("/tmp/x/y", null)).toHaveLength(1);
});

test("a byte that is no UTF-8 does not stop the way up", () =>
  expect(levelsOf("/m/\xffa/b", "/m")[1]).toEqual({ folder: "/m/\xffa", ancestor: "/\ufffda" }));
