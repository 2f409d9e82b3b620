import { expect, test } from "vitest";
import { unknowns } from "../../../../../renderer/views/detail/unknowns.ts";
import type { Instance } from "../../../../../shared/model/instance.ts";
import { nothingKnown } from "../../../../../shared/wire/frames.ts";

const container = { kind: "container", weighed: "cgroup" } as Instance;
const known = {
  ...nothingKnown,
  gross: 1,
  net: 1,
  cache: 0,
  tareKernel: 0,
  tareHelpers: 0,
  throttledShare: 0,
  cpuLimit: 0.5,
  pressureMemory: 0,
  received: 0,
  read: 0,
  pids: 0,
};
const told = (change: Partial<typeof nothingKnown>, of = container) =>
  unknowns(of, { ...known, ...change }).map(({ what, why }) => `${what}: ${why}`);

test("all is known, and 0 is known", () => expect(told({})).toEqual([]));
test("v1 without kernel accounting", () => expect(told({ tareKernel: null })).toEqual(["kernel: kernel"]));
test("not split: the kernel's part is not told apart either", () =>
  expect(told({ net: null, tareKernel: null })).toEqual(["split: split"]));
test("throttling: without a quota nothing is counted; with one it could not be read", () => {
  expect(told({ throttledShare: null, cpuLimit: null })).toEqual(["throttled: throttled"]);
  expect(told({ throttledShare: null })).toEqual(["throttled: throttledCounted"]);
});
test("a VM without a balloon", () => {
  const vm = { kind: "vm", weighed: "process" } as Instance;
  expect(told({ ...nothingKnown, gross: 1, received: 0, read: 0 }, vm)).toEqual([
    "inUse: inUse",
    "net: net",
    "cacheOfGuest: cacheOfGuest",
    "throttled: throttled",
    "pressure: pressureVm",
  ]);
});
