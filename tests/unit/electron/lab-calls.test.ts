import { expect, test } from "vitest";
import type { Lab } from "../../../electron/lab/bench.ts";
import { labCalls } from "../../../electron/lab-calls.ts";
import { countRunning } from "../../../electron/running.ts";
import { race, wish } from "../../fixtures/race.ts";
import { handSource, instance, tick } from "./history/play-source.ts";

const lab: Lab = {
  lab: () => ({ parts: [] }),
  images: () => [],
  startRace: () => ({ id: "begun" }),
  stopRace: () => null,
  raceNews: () => null,
  races: () => [{ ...race, id: "kept" }],
  stopPair: () => null,
  probeOf: async () => ({ probe: wish.probe }),
  skipped: async () => [],
  close: async () => undefined,
};

test("of this computer: the lab's races, and one can be begun", async () => {
  const calls = labCalls(lab, { live: true, races: () => null });
  expect(await calls.races({})).toEqual([{ ...race, id: "kept" }]);
  expect(await calls.startRace(wish)).toEqual({ id: "begun" });
});

test("while a recording is shown: its races, and none can be begun", async () => {
  const calls = labCalls(lab, { live: false, races: () => [race] });
  expect(await calls.races({})).toEqual([race]);
  expect(await calls.startRace(wish)).toMatchObject({ trouble: { code: "failed", where: "recording" } });
});

test("what runs is counted as it comes and goes; nothing of a recording is", () => {
  const stop = new AbortController();
  const source = handSource();
  const many = countRunning({ ...source, live: true }, stop.signal);
  const at = 1_795_500_000_000;
  const [one, other] = [instance(0), instance(1)];
  source.put(tick(at, { whole: true, came: [one, { ...other, state: "stopped" }] }));
  expect(many()).toBe(1);
  source.put(tick(at + 1, { came: [{ ...other, state: "running" }] }));
  expect(many()).toBe(2);
  source.put(tick(at + 2, { came: [{ ...one, state: "paused" }], went: [other.id] }));
  expect(many()).toBe(0);
  expect(countRunning({ ...source, live: false }, stop.signal)()).toBeNull();
  stop.abort();
});
