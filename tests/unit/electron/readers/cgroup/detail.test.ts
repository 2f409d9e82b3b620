import { join } from "node:path";
import { expect, test } from "vitest";
import { describeCgroup } from "../../../../../electron/readers/cgroup/detail.ts";
import { limitsFinder } from "../../../../../electron/readers/cgroup/limits.ts";

const MiB = 2 ** 20;
const fixtures = "tests/fixtures/cgroup";

test("the panel's detail: limits with their files, folders", async () => {
  const v1 = (controller: string) => join(fixtures, "v1/kernel-6.18", controller);
  const paths = {
    unified: null,
    memory: v1("memory"),
    cpu: v1("cpu"),
    cpuacct: v1("cpuacct"),
    pids: v1("pids"),
    blkio: v1("blkio"),
  };
  const detail = await describeCgroup(paths, limitsFinder()(paths, 0), []);
  expect(detail.limits.map(({ key, value }) => [key, value])).toEqual([
    ["memory", 96 * MiB],
    ["swap", 96 * MiB],
    ["cpu", 0.25],
    ["pids", 40],
    ["ioRead", 1_048_576],
    ["cpuWeight", 1024],
  ]);
  expect(detail.limits[0]?.from).toBe(v1("memory/memory.limit_in_bytes"));
  expect(detail.readFrom).toContain(v1("memory"));
  expect(detail.processes).toEqual([]);
});
