import { expect, test } from "vitest";
import { split } from "../../../../shared/measure/split.ts";
import { GiB, MiB, memory } from "./readings.ts";

const inMiB = (parts: object) =>
  Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [name, value === null ? null : value / MiB]),
  );
const weigh = (parts: Parameters<typeof memory>[0], helpers: number | null) =>
  inMiB(split(memory(parts), helpers === null ? null : helpers * MiB, 8 * GiB));

test("the worked case: 108 = 50 net + 35 cache + 20 tare + 3 other", () => {
  expect(weigh({ charged: 100, anon: 40, shmem: 10, file: 45, kernel: 12 }, 8)).toEqual({
    gross: 108, // 100 + 8
    net: 50, //     40 + 10
    cache: 35, //   45 - 10
    tare: 20, //    12 + 8
    tareKernel: 12,
    tareHelpers: 8,
    other: 3, //    108 - 50 - 35 - 20
  });
});

test("64 MiB anonymous, nothing else", () => {
  expect(weigh({ charged: 65, anon: 64, shmem: 0, file: 0, kernel: 1 }, 0)).toMatchObject({
    gross: 65,
    net: 64,
    cache: 0,
    tare: 1,
    other: 0,
  });
});

test("100 MiB of page cache is no net", () => {
  expect(weigh({ charged: 102, anon: 1, shmem: 0, file: 100, kernel: 1 }, 9)).toMatchObject({
    gross: 111,
    net: 1,
    cache: 100,
    tare: 10,
    other: 0,
  });
});

test("50 MiB of tmpfs is net: it can't be reclaimed", () => {
  expect(weigh({ charged: 52, anon: 1, shmem: 50, file: 50, kernel: 1 }, 0)).toMatchObject({
    net: 51,
    cache: 0,
    other: 0,
  });
});

test("memory.stat ran ahead of the charge: other is below 0, and the parts still add up", () => {
  expect(weigh({ charged: 40, anon: 38, shmem: 0, file: 2, kernel: 1 }, 0)).toMatchObject({
    gross: 40,
    other: -1, // 40 - 38 - 2 - 1
  });
});

test("a moment in which shmem is already counted and file not yet: cache is not below 0", () => {
  expect(weigh({ charged: 12, anon: 1, shmem: 11, file: 10, kernel: 0 }, 0)).toMatchObject({
    net: 12,
    cache: 0,
    other: 0,
  });
});

test("kernel memory that is not told stands in other, and tare says so by its own null", () => {
  expect(weigh({ charged: 100, anon: 40, shmem: 10, file: 45 }, null)).toEqual({
    gross: 100,
    net: 50,
    cache: 35,
    tare: null,
    tareKernel: null,
    tareHelpers: null,
    other: 15, // 100 - 50 - 35
  });
});

test("helpers that can't be read: at least this much", () => {
  expect(weigh({ charged: 100, anon: 40, shmem: 10, file: 45, kernel: 12 }, null)).toMatchObject({
    gross: 100,
    tare: 12,
    tareHelpers: null,
    other: 3,
  });
});

test("without memory.stat only the whole is known", () => {
  expect(weigh({ charged: 100 }, 8)).toEqual({
    gross: 108,
    net: null,
    cache: null,
    tare: 8,
    tareKernel: null,
    tareHelpers: 8,
    other: null,
  });
});

test("a charge beyond the host's memory is refused, with all that would hold it", () => {
  expect(weigh({ charged: 9 * 1024, anon: 40, shmem: 10, file: 45, kernel: 12 }, 8)).toEqual({
    gross: null,
    net: 50,
    cache: 35,
    tare: 20,
    tareKernel: 12,
    tareHelpers: 8,
    other: null,
  });
});
