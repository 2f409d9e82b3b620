import { expect, test } from "vitest";
import {
  phaseNow,
  plannedCells,
  presentRun,
  raceCells,
  roundsDone,
} from "../../../../../renderer/views/startup/cells.ts";
import { madeRace } from "../../../../fixtures/synthetic-races.ts";

test("before a race a cell for each run, those that can't be dashed", () => {
  expect(plannedCells(["container"], ["vm"], 2).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    "container planned",
    "vm cant",
    "container planned",
    "vm cant",
  ]);
});

test("during a race the order run: done, now, to come; after it was stopped the rest is left", () => {
  const race = madeRace({ wish: { runs: 2, warmup: 0 }, done: 2 });
  expect(raceCells(race).map(({ state }) => state)).toEqual(["done", "done", "now", "planned"]);
  expect(raceCells({ ...race, state: "stopped" }).map(({ state }) => state)).toEqual([
    "done",
    "done",
    "left",
    "left",
  ]);
  expect(
    raceCells({ ...race, trials: [], state: "preparing" }).every(({ state }) => state === "planned"),
  ).toBe(true);
});

test("the present run is counted among those of its kind; cold ones are counted apart", () => {
  const race = madeRace({ wish: { runs: 2, warmup: 1 }, done: 1 });
  expect(presentRun(race)).toMatchObject({ kind: "vm", cold: true, number: 1, of: 1 });
  expect(presentRun(madeRace({ wish: { runs: 2, warmup: 1 }, done: 4 }))).toMatchObject({
    cold: false,
    number: 2,
    of: 2,
  });
  expect(presentRun(madeRace())).toBeNull();
});

test("rounds that are over: the fewer of the two", () => {
  expect(roundsDone(madeRace({ wish: { runs: 2, warmup: 1 }, done: 3 }))).toBe(0);
  expect(roundsDone(madeRace({ wish: { runs: 2, warmup: 1 }, done: 4 }))).toBe(1);
});

test.each([
  ["container", null, "create"],
  ["container", "created", "start"],
  ["container", "netns", "process"],
  ["container", "exec", "ready"],
  ["vm", null, "qemu"],
  ["vm", "spawned", "firmware"],
  ["vm", "init", "init"],
] as const)("a %s that was seen at %s is at %s", (kind, seen, phase) => {
  expect(phaseNow(kind, seen)).toBe(phase);
});
