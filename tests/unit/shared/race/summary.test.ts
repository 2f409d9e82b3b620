import { describe, expect, test } from "vitest";
import type { Race, Trial } from "../../../../shared/model/race.ts";
import { summaryOf } from "../../../../shared/race/summary.ts";
import { mebi, race, tooLate, trial, wish } from "../../../fixtures/race.ts";

const raceOf = (trials: readonly Trial[]): Race => ({ ...race, trials });

describe("a race of five of each", () => {
  const { halves, ratio, weight } = summaryOf(race);

  test("medians, spread and the cold run, by hand", () => {
    // 220 230 236 240 250: position 2 is 236; 0.95 x 4 = 3.8: 240 + 0.8 x 10
    expect(halves.container).toMatchObject({
      runs: 5,
      failures: 0,
      median: 236,
      fastest: 220,
      slowest: 250,
      cold: [612],
    });
    expect(halves.container.p95).toBeCloseTo(248, 9);
    // 1,400 1,420 1,440 1,450 1,500
    expect(halves.vm).toMatchObject({ median: 1_440, fastest: 1_400, slowest: 1_500, cold: [2_104] });
    expect(halves.vm.p95).toBeCloseTo(1_490, 9);
  });

  test("the ratio of the medians with its interval", () => {
    expect(ratio?.value).toBeCloseTo(1_440 / 236, 12);
    // No ratio of two medians of what was measured lies beyond these.
    expect(ratio?.low).toBeGreaterThan(1_400 / 250);
    expect(ratio?.high).toBeLessThan(1_500 / 220);
    expect(ratio?.low).toBeLessThan(1_440 / 236);
    expect(ratio?.high).toBeGreaterThan(1_440 / 236);
  });

  test("the median run's phases add up to it", () => {
    // Trials: cold C, cold V, then pairs; 236 is the third container, 1,440 the fourth VM.
    expect(halves.container.medianRun).toBe(6);
    expect(halves.vm.medianRun).toBe(9);
    const lengths = (kind: "container" | "vm") =>
      halves[kind].phases.map(({ name, from, to }) => [name, to - from]);
    expect(lengths("container")).toEqual([
      ["create", 50],
      ["start", 146],
      ["process", 15],
      ["ready", 25],
    ]);
    expect(lengths("vm")).toEqual([
      ["qemu", 300],
      ["kernel", 740],
      ["init", 300],
      ["ready", 100],
    ]);
  });

  test("a VM's net is the container's, and its tare what is beyond", () => {
    expect(halves.container.memory).toMatchObject({ gross: 19 * mebi, net: 5 * mebi, tare: 13 * mebi });
    expect(halves.vm.memory).toMatchObject({
      gross: 285 * mebi,
      net: 5 * mebi,
      tare: 280 * mebi,
      imageCopy: 14 * mebi,
      translated: 32 * mebi,
    });
    expect(weight).toBe(15);
  });
});

test("of an even number of runs the median lies between two, and the faster is shown", () => {
  const { container } = summaryOf(
    raceOf([400, 200, 300, 100].map((ready) => trial("container", { ready }))),
  ).halves;
  expect(container).toMatchObject({ median: 250, medianRun: 1 });
  expect(container.phases).toEqual([{ name: "ready", from: 0, to: 200 }]);
});

test("what failed is counted and not reckoned with; the cold runs neither", () => {
  const { container } = summaryOf(
    raceOf([
      trial("container", { ready: 900 }, { cold: true }),
      trial("container", { created: 10 }, { trouble: tooLate }),
      trial("container", { created: 10 }, { trouble: tooLate, cold: true }),
      trial("container", { ready: 100 }),
    ]),
  ).halves;
  expect(container).toMatchObject({ runs: 1, failures: 2, median: 100, cold: [900], medianRun: 3 });
});

test("outliers are marked by their place, and stay in the median", () => {
  const { container } = summaryOf(
    raceOf([
      trial("vm", { ready: 1 }),
      ...[100, 101, 102, 103, 400].map((ready) => trial("container", { ready })),
    ]),
  ).halves;
  expect([...container.outliers]).toEqual([5]);
  expect(container).toMatchObject({ median: 102, slowest: 400 });
});

test("one half alone: no ratio, no weight, and a VM's net stays unknown", () => {
  const alone = summaryOf(raceOf(race.trials.filter(({ kind }) => kind === "vm")));
  expect(alone).toMatchObject({ ratio: null, weight: null });
  expect(alone.halves.vm.memory).toMatchObject({ gross: 285 * mebi, net: null, tare: null });
  expect(alone.halves.container).toMatchObject({
    runs: 0,
    median: null,
    p95: null,
    medianRun: null,
    memory: null,
  });
});

test("nothing ran yet", () => {
  expect(summaryOf({ ...race, wish, trials: [] })).toMatchObject({ ratio: null, weight: null });
});

test("a net above the VM's whole gross is not its net", () => {
  const light = race.trials.map((one) =>
    one.kind === "vm" && one.memory ? { ...one, memory: { ...one.memory, gross: 4 * mebi } } : one,
  );
  expect(summaryOf(raceOf(light)).halves.vm.memory).toMatchObject({ net: null, tare: null });
});

test("memory is one run's, so that its parts add up: the one whose gross is the median", () => {
  const weighs = (gross: number, net: number) =>
    trial(
      "container",
      { ready: 100 },
      {
        memory: {
          gross,
          net,
          cache: 0,
          tare: gross - net,
          other: 0,
          imageCopy: null,
          translated: null,
        },
      },
    );
  const { container } = summaryOf(
    raceOf([weighs(30, 1), weighs(10, 9), weighs(20, 5), weighs(40, 2)]),
  ).halves;
  expect(container.memory).toMatchObject({ gross: 20, net: 5, tare: 15 });
});
