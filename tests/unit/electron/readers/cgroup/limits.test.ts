import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { expect, test } from "vitest";
import { levelsOf, limitsFinder } from "../../../../../electron/readers/cgroup/limits.ts";

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

test("nothing there, nothing known", () => {
  const nowhere = { unified: null, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null };
  const none = { value: null, ancestor: null, from: null };
  expect(limitsFinder()(nowhere, 0)).toEqual({
    ...{ memory: none, memoryHigh: none, swap: none, cpu: none, pids: none },
  });
});

test.each([
  ["max\n", null],
  ["-1\n", null],
  ["9223372036854771712\n", null],
  [`${totalmem() + 4096}\n`, null],
  [`${2 ** 20}\n`, 2 ** 20],
])("memory.max %j", (text, value) => {
  const unified = mkdtempSync(`${tmpdir()}/tare-limits-`);
  writeFileSync(`${unified}/memory.max`, text);
  const paths = { unified, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null };
  expect(limitsFinder()(paths, 0).memory.value).toBe(value);
  rmSync(unified, { recursive: true });
});
