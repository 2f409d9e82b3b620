import { expect, test } from "vitest";
import { held, vmSplit } from "../../../../shared/measure/memory-vm.ts";
import { GiB, MiB, memory, reading } from "./readings.ts";

const unsplit = { net: null, cache: null, tare: null, other: null };

test("gross is the resident set, its cgroup's kernel memory and its helpers; its page cache is not", () => {
  const vm = reading(0, {
    resident: 280 * MiB,
    memory: memory({ charged: 900, anon: 270, file: 620, kernel: 4 }),
    helpers: 2 * MiB,
  });
  expect(vmSplit(vm, 8 * GiB)).toEqual({
    ...unsplit,
    gross: 286 * MiB, // 280 + 4 + 2
    tareKernel: 4 * MiB,
    tareHelpers: 2 * MiB,
  });
});

test("no cgroup of its own: the resident set alone", () => {
  expect(vmSplit(reading(0, { resident: 280 * MiB }), 8 * GiB)).toEqual({
    ...unsplit,
    gross: 280 * MiB,
    tareKernel: null,
    tareHelpers: null,
  });
});

test("no process to read: what its cgroup holds without page cache", () => {
  const vm = reading(0, { memory: memory({ charged: 900, anon: 270, shmem: 6, file: 620, kernel: 4 }) });
  expect(vmSplit(vm, 8 * GiB).gross).toBe(280 * MiB); // 270 + 6 + 4
});

test("nothing known, or more than the host has", () => {
  expect(vmSplit(reading(0), 8 * GiB).gross).toBeNull();
  expect(vmSplit(reading(0, { resident: 9 * GiB }), 8 * GiB).gross).toBeNull();
});

test.each([
  ["touched and not given back", 4_731, 3_318, 1_413],
  ["all in use", 512, 512, 0],
  ["more in use than resident: the host swapped, nobody knows", 500, 512, null],
  ["the guest does not tell", 500, null, null],
  ["gross unknown", null, 512, null],
] as const)("held: %s", (_, gross, inUse, expected) => {
  const bytes = (value: number | null) => (value === null ? null : value * MiB);
  expect(held(bytes(gross), bytes(inUse))).toBe(bytes(expected));
});
