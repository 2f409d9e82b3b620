import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { expect, test } from "vitest";
import { limitsFinder } from "../../../../../electron/readers/cgroup/limits.ts";

test("nothing there, nothing known", () => {
  const nowhere = { unified: null, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null };
  const none = { value: null, ancestor: null, from: null };
  expect(limitsFinder()(nowhere, 0)).toEqual({
    ...{
      memory: none,
      memoryHigh: none,
      swap: none,
      cpu: none,
      cpus: { ...none, told: "" },
      pids: none,
      read: none,
      write: none,
    },
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
