import { describe, expect, test } from "vitest";
import {
  cpuGauge,
  limitPlace,
  memoryGauge,
  openEndsOf,
  pidsGauge,
} from "../../../../../renderer/views/limits/gauge.ts";
import type { Sample } from "../../../../../shared/figures.ts";
import { nothingKnown } from "../../../../../shared/wire/frames.ts";
import { mib } from "../../weighed.ts";

const sample = (known: Partial<Sample>): Sample => ({ ...nothingKnown, ...known });

describe("memory", () => {
  const half = sample({
    workingSet: 64 * mib,
    net: 50 * mib,
    cache: 40 * mib,
    tareKernel: 6 * mib,
    other: 0,
    peak: 112 * mib,
    memoryLimit: 128 * mib,
  });
  test("stands under its limit, which has the same place for everybody", () => {
    expect(memoryGauge("container", half, mib)).toEqual({
      track: "limited",
      solid: 44, // 88 x 64 / 128
      light: 22, // 88 x 96 / 128 - 44
      tick: 77, // 88 x 112 / 128
      over: false,
      figure: "50",
      share: 0.5,
    });
  });
  test("beyond its limit it goes on, and ends with the track", () => {
    const over = { ...half, workingSet: 200 * mib, killable: 128 * mib };
    expect(memoryGauge("container", over, mib)).toMatchObject({
      solid: 100,
      light: 0,
      over: true,
      figure: "156",
    });
  });
  test("without a limit: the plain use on an open track", () => {
    const open = { ...half, memoryLimit: null };
    expect(memoryGauge("container", open, 128 * mib)).toMatchObject({
      track: "open",
      solid: 50, // 64 / 128
      figure: "64",
      share: null,
    });
  });
  test("of a VM: what the host gives under its size, with what the guest uses", () => {
    const vm = sample({ gross: 2048 * mib, inUse: 1024 * mib, configured: 4096 * mib });
    expect(memoryGauge("vm", vm, mib)).toMatchObject({ solid: 44, light: 0, tick: 22, figure: "50" });
  });
  test("unknown is a dash and draws nothing, never 0", () => {
    expect(memoryGauge("container", sample({ memoryLimit: 128 * mib }), mib)).toMatchObject({
      track: "unknown",
      figure: "–",
    });
    expect(memoryGauge("container", null, mib).track).toBe("unknown");
  });
  test("not split: nothing is said of what could be taken back", () => {
    expect(memoryGauge("container", { ...half, net: null }, mib).light).toBe(0);
  });
});

test("CPU stands under its quota; red is what a rule says, not a full second", () => {
  const busy = sample({ cores: 0.5, cpuLimit: 0.5 });
  expect(cpuGauge(busy, false, 1)).toMatchObject({ solid: limitPlace, over: false, figure: "100" });
  expect(cpuGauge(busy, true, 1).over).toBe(true);
  expect(cpuGauge(sample({ cores: 0.12 }), false, 1)).toMatchObject({
    track: "open",
    solid: 12,
    figure: "0.12",
  });
});

test("pids are told as a count; of a VM they are the hypervisor's own, and not told", () => {
  const some = sample({ pids: 100, pidsLimit: 100 });
  expect(pidsGauge("container", some, 16)).toMatchObject({ solid: limitPlace, over: true, figure: "100" });
  expect(pidsGauge("vm", some, 16).track).toBe("unknown");
});

test("an open track ends beyond whoever uses most without a limit", () => {
  const ends = openEndsOf([
    { kind: "container", sample: sample({ workingSet: 195 * mib, cores: 2, pids: 30 }) },
    {
      kind: "container",
      sample: sample({ workingSet: 900 * mib, memoryLimit: 1024 * mib, cpuLimit: 1, pidsLimit: 1 }),
    },
    { kind: "container", sample: null },
  ]);
  expect(ends).toEqual({ memory: 512 * mib, cores: 4, pids: 64 }); // 1.5 x 195, 2, 30
  expect(openEndsOf([])).toEqual({ memory: 16 * mib, cores: 1, pids: 16 });
});
