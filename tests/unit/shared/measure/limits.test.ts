import { describe, expect, test } from "vitest";
import { limitsOf, limitUsed, ownQuota } from "../../../../shared/measure/limits.ts";
import { context, GiB, limits, MiB } from "./readings.ts";

const of = <Value>(value: Value, ancestor: string | null = null) => ({ value, ancestor });
const told = (memory: number | null, cpu: number | null, pids: number | null = null) => ({
  memory,
  cpu,
  pids,
});

describe("limits in force, on a host of 2 threads and 8 GiB", () => {
  test.each([
    ["none", null, {}, { memory: null, cpu: null, pids: null }],
    [
      "the kernel's",
      limits({ memory: of(128 * MiB), cpu: of(0.25), pids: of(64) }),
      {},
      { memory: 128 * MiB, cpu: 0.25, pids: 64 },
    ],
    [
      "the kernel's before the engine's: an ancestor is smaller",
      limits({ memory: of(128 * MiB, "/shop.slice") }),
      { reported: told(512 * MiB, null) },
      { memory: 128 * MiB, cpu: null, pids: null },
    ],
    [
      "what the kernel does not hold is none, whatever the engine says",
      limits(),
      { reported: told(512 * MiB, 1.5, 100) },
      { memory: null, cpu: null, pids: null },
    ],
    [
      "no quota, but one CPU to run on",
      limits({ cpus: of(1) }),
      { reported: told(null, 1) },
      { memory: null, cpu: 1, pids: null },
    ],
    [
      "a quota over one CPU: the smaller of the two",
      limits({ cpu: of(1.5), cpus: of(1, "/pinned") }),
      {},
      { memory: null, cpu: 1, pids: null },
    ],
    [
      "a VM whose vCPUs libvirt limits below its cgroup",
      limits({ memory: of(256 * MiB) }),
      { kind: "vm", configured: 512 * MiB, vcpus: 2, reported: told(null, 0.5) },
      { memory: 256 * MiB, cpu: 0.5, pids: null },
    ],
    [
      "the engine's where the kernel's can't be read",
      null,
      { reported: told(512 * MiB, 1.5, 100) },
      { memory: 512 * MiB, cpu: 1.5, pids: 100 },
    ],
    [
      "v1's 9223372036854771712 that a reader let through",
      limits({ memory: of(Number("9223372036854771712")) }),
      {},
      { memory: null, cpu: null, pids: null },
    ],
    [
      "above the host's own size: as good as none",
      limits({ memory: of(64 * GiB), cpu: of(4) }),
      {},
      { memory: null, cpu: null, pids: null },
    ],
    [
      "exactly the host's size can be reached",
      limits({ memory: of(8 * GiB), cpu: of(2) }),
      {},
      { memory: 8 * GiB, cpu: 2, pids: null },
    ],
    [
      "a VM: its RAM and its vCPUs",
      null,
      { kind: "vm", configured: 512 * MiB, vcpus: 1 },
      { memory: 512 * MiB, cpu: 1, pids: null },
    ],
    [
      "a VM in a smaller cgroup",
      limits({ memory: of(256 * MiB), cpu: of(0.5) }),
      { kind: "vm", configured: 512 * MiB, vcpus: 2 },
      { memory: 256 * MiB, cpu: 0.5, pids: null },
    ],
    [
      "a VM in a larger cgroup",
      limits({ memory: of(GiB), cpu: of(1.5) }),
      { kind: "vm", configured: 512 * MiB, vcpus: 1 },
      { memory: 512 * MiB, cpu: 1, pids: null },
    ],
    [
      "a VM that is larger than the host",
      null,
      { kind: "vm", configured: 64 * GiB, vcpus: 16 },
      { memory: null, cpu: null, pids: null },
    ],
    [
      "a container's RAM is no limit",
      null,
      { configured: 512 * MiB, vcpus: 1 },
      { memory: null, cpu: null, pids: null },
    ],
  ] as const)("%s", (_, inForce, more, expected) => {
    expect(limitsOf(inForce, { ...context, ...more })).toEqual(expected);
  });
});

test.each([
  ["on itself", limits({ cpu: of(0.25) }), told(null, 0.25), true],
  ["on an ancestor, which counts it there", limits({ cpu: of(0.25, "/shop.slice") }), told(null, 1), false],
  ["none", limits(), told(null, 1), false],
  ["kernel unread, engine tells one", null, told(null, 1), true],
  ["kernel unread, engine tells none", null, told(null, null), false],
] as const)("quota %s", (_, inForce, reported, own) => {
  expect(ownQuota(inForce, reported)).toBe(own);
});

test.each([
  [96 * MiB, 128 * MiB, 0.75],
  [0, 128 * MiB, 0],
  [160 * MiB, 128 * MiB, 1.25],
  [96 * MiB, null, null],
  [null, 128 * MiB, null],
  [5, 0, null], // memory.max may be 0; a share of nothing is not known
] as const)("%s of %s is %s", (use, limit, share) => {
  expect(limitUsed(use, limit)).toBe(share);
});
