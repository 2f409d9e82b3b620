import { describe, expect, test } from "vitest";
import {
  heightOf,
  heightsOf,
  type Layout,
  type Line,
  linesOf,
} from "../../../../../renderer/views/scale/lines.ts";
import { needsOf } from "../../../../../renderer/views/scale/rulers.ts";
import { givenBack } from "../../../../../shared/race/give-back.ts";
import { race } from "../../../../fixtures/race.ts";
import { mib, weighed } from "../../weighed.ts";

const layout: Layout = {
  mode: "linear",
  group: "kind",
  sort: { by: "gross", down: true },
  folds: {},
  lens: true,
  foldProjects: false,
  sayNoVm: true,
  raced: null,
  back: givenBack([]),
};
const vm = weighed(
  "vm",
  { gross: 2048 * mib, configured: 4096 * mib },
  { kind: "vm", engine: "qemu", id: "qemu:1" },
);
const big = weighed("big", { gross: 400 * mib, memoryLimit: 512 * mib }, { group: "shop" });
const small = weighed("small", { gross: 10 * mib, memoryLimit: 8192 * mib }, { group: "shop" });
const lone = weighed("lone", { gross: 20 * mib });
const short = (lines: readonly Line[]) =>
  lines.map(({ line, key }) => (line === "row" || line === "group" ? key : line));

describe("lines", () => {
  test("by kind: VMs, then containers behind the lens", () => {
    expect(short(linesOf([small, vm, big], layout))).toEqual([
      "group:kind:vm",
      "qemu:1",
      "group:kind:container",
      "mini",
      "flare",
      "ruler",
      "docker:big",
      "docker:small",
    ]);
  });
  test("a folded group keeps its members to itself", () => {
    const lines = linesOf([vm, big], { ...layout, folds: { "group:kind:container": true } });
    expect(short(lines)).toEqual(["group:kind:vm", "qemu:1", "group:kind:container"]);
    expect(lines.at(-1)).toMatchObject({ open: false, ids: ["docker:big"] });
  });
  test("no VM: its place says so, but not while something is filtered", () => {
    expect(short(linesOf([lone], layout)).slice(0, 2)).toEqual(["group:kind:vm", "no-vm"]);
    expect(short(linesOf([lone], { ...layout, sayNoVm: false }))[0]).toBe("group:kind:container");
  });
  test("no VM but one that was raced: it, and its box once for each container, stand in the group", () => {
    const lines = linesOf([big, small], { ...layout, raced: { boxes: true } });
    expect(short(lines).slice(0, 4)).toEqual(["group:kind:vm", "raced", "boxes", "group:kind:container"]);
    expect(lines[0]).toMatchObject({ raced: true, ids: [] });
    expect(lines[2]).toMatchObject({ ids: ["docker:big", "docker:small"] });
    expect(short(linesOf([big], { ...layout, raced: { boxes: false } }))[2]).toBe("group:kind:container");
    expect(short(linesOf([vm, big], { ...layout, raced: null }))[1]).toBe("qemu:1");
  });
  test("sorted by time to ready: as races tell, unknown last", () => {
    const nginx = weighed("nginx", { gross: mib }, { image: "nginx:1.27" });
    const lines = linesOf([lone, nginx], {
      ...layout,
      sayNoVm: false,
      lens: false,
      sort: { by: "ready", down: true },
      back: givenBack([race]),
    });
    expect(short(lines)).toEqual(["group:kind:container", "docker:nginx", "docker:lone"]);
  });
  test("by project: heaviest first, those without one last, folded where there are many", () => {
    const lines = linesOf([lone, small, big], {
      ...layout,
      group: "project",
      sayNoVm: false,
      foldProjects: true,
    });
    expect(short(lines)).toEqual([
      "group:kind:container",
      "flare",
      "ruler",
      "group:project:shop",
      "group:project:",
    ]);
    expect(lines[3]).toMatchObject({ ids: ["docker:big", "docker:small"], lens: true, open: false });
  });
  test("by engine there is no lens, and none has no groups", () => {
    expect(short(linesOf([lone, vm], { ...layout, group: "engine" }))).toEqual([
      "group:engine:qemu",
      "qemu:1",
      "group:engine:docker",
      "docker:lone",
    ]);
    expect(short(linesOf([lone, vm], { ...layout, group: "none" }))).toEqual(["qemu:1", "docker:lone"]);
  });
});

test("rows are lower from 100 on and higher on the logarithmic ruler", () => {
  expect([heightsOf("linear", 99).row, heightsOf("linear", 100).row, heightsOf("log", 300).row]).toEqual([
    26, 21, 28,
  ]);
  const [group] = linesOf([lone], layout);
  expect(group && heightOf(group, heightsOf("linear", 1))).toBe(26);
});

describe("rulers reach", () => {
  test("over the largest of gross and limit; a generous limit is cut instead", () => {
    // 4,096 configured is within 4 x 2,048; the small one's 8 GiB is within 4 x 2,048 too
    expect(needsOf([vm, big, small], "kind").main).toBe(8192 * mib);
    expect(needsOf([big, small], "kind").main).toBe(512 * mib); // 8,192 > 4 x 400; sum 410 < 512
  });
  test("the lens over the heaviest container and its own limit", () => {
    expect(needsOf([vm, big, small], "kind").lens).toBe(512 * mib);
    expect(needsOf([vm], "kind").lens).toBe(0);
  });
  test("without VMs over the sum as well", () => {
    expect(needsOf([lone, weighed("other", { gross: 30 * mib })], "kind").main).toBe(50 * mib); // 20 + 30
  });
  test("by project over the heaviest project", () => {
    const two = [big, weighed("more", { gross: 300 * mib }, { group: "shop" })];
    expect(needsOf(two, "project").lens).toBe(700 * mib); // 400 + 300 > 512
  });
});
