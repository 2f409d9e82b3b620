import { expect, test } from "vitest";
import { controllersIn, hostControllers, namesIn } from "../../../../electron/machine/cgroup-controllers.ts";
import { cgroupMounts } from "../../../../electron/machine/cgroup-paths.ts";

test.each([
  [
    ["cpuset", "cpu", "io", "memory", "hugetlb", "pids", "rdma", "misc"],
    ["memory", "cpu", "pids", "io"],
  ],
  [
    ["cpu", "cpuacct", "blkio", "pids"],
    ["cpu", "pids", "io"],
  ], // a Raspberry Pi: the memory controller is off
  [[], []],
])("%j", (names, found) => expect(controllersIn(names)).toEqual(found));

test("of this computer: none that its mounts or its v2 root do not name", () => {
  const mounts = cgroupMounts();
  const names = [...(mounts?.controllers.keys() ?? []), ...namesIn(mounts?.unified ?? null)];
  expect(hostControllers()?.includes("memory")).toBe(names.includes("memory"));
  expect(namesIn("/nowhere")).toEqual([]);
});
