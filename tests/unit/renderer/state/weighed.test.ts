import { expect, test } from "vitest";
import { isFound, isHollow, isOver, isThrottled, limitOf } from "../../../../renderer/state/weighed.ts";
import type { Sample } from "../../../../shared/figures.ts";
import { nothingKnown } from "../../../../shared/wire/frames.ts";
import { weighed } from "../weighed.ts";

const sample = (known: Partial<Sample>): Sample => ({ ...nothingKnown, ...known });

test("hollow: weighed once, running, and missed for four frames", () => {
  expect(isHollow(weighed("a", {}, {}, 3))).toBe(false);
  expect(isHollow(weighed("a", {}, {}, 4))).toBe(true);
  expect(isHollow(weighed("a", null, {}, 9))).toBe(false);
  expect(isHollow(weighed("a", {}, { state: "stopped" }, 9))).toBe(false);
});

test("a VM's line is its size, or the limit around it where that is smaller", () => {
  expect(limitOf("vm", sample({ configured: 4096, memoryLimit: null }))).toBe(4096);
  expect(limitOf("vm", sample({ configured: 4096, memoryLimit: 1024 }))).toBe(1024);
  expect(limitOf("vm", sample({}))).toBeNull();
  expect(limitOf("container", sample({ configured: 1, memoryLimit: 2 }))).toBe(2);
});

test.each([
  ["what can kill it is at 99 % of the limit", { killable: 99, workingSet: 99, memoryLimit: 100 }, true],
  ["full, but of page cache: it gives way first", { killable: 20, workingSet: 99, memoryLimit: 100 }, false],
  ["only the working set is known", { workingSet: 99, memoryLimit: 100 }, true],
  ["near it", { killable: 98, memoryLimit: 100 }, false],
  ["no limit", { killable: 99 }, false],
] as const)("over: %s", (_, known, over) => expect(isOver("container", sample(known))).toBe(over));

test("a VM that fills its RAM is not over it", () => {
  expect(isOver("vm", sample({ workingSet: 101, memoryLimit: 100 }))).toBe(false);
});

test("throttled is over 5 % of the periods; unknown is not", () => {
  expect([0.05, 0.06, null].map((share) => isThrottled(sample({ throttledShare: share })))).toEqual([
    false,
    true,
    false,
  ]);
});

test("every word of a search must be in name, image, project or id", () => {
  const { instance } = weighed("shop-web-2", {}, { group: "shop", image: "nginx:1.27" });
  expect(["", "SHOP nginx", "docker:shop", "shop redis"].map((search) => isFound(instance, search))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
