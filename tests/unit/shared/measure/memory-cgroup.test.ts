import { expect, test } from "vitest";
import { killable, workingSet } from "../../../../shared/measure/memory-cgroup.ts";
import { GiB, MiB, memory } from "./readings.ts";

test.each([
  ["charged less inactive file", { charged: 200, inactiveFile: 60 }, 140],
  ["active page cache counts: a 180 MiB file read twice", { charged: 184, inactiveFile: 0 }, 184],
  ["never below 0", { charged: 10, inactiveFile: 11 }, 0],
  ["inactive file not told", { charged: 200 }, null],
  ["a charge beyond the host", { charged: 9 * 1024, inactiveFile: 0 }, null],
] as const)("working set: %s", (_, parts, expected) => {
  expect(workingSet(memory(parts), 8 * GiB)).toBe(expected === null ? null : expected * MiB);
});

test.each([
  ["less what the kernel can take back", 50, { kernel: 12, slabReclaimable: 5 }, 57], // 50 + 12 - 5
  ["v1 does not tell reclaimable slab: at most", 50, { kernel: 12 }, 62],
  ["kernel memory not told: at least", 50, {}, 50],
  ["slab ran ahead of kernel", 50, { kernel: 4, slabReclaimable: 5 }, 50],
  ["net unknown", null, { kernel: 12 }, null],
] as const)("what can kill it: %s", (_, net, parts, expected) => {
  const bytes = killable(net === null ? null : net * MiB, memory(parts), 8 * GiB);
  expect(bytes).toBe(expected === null ? null : expected * MiB);
});
