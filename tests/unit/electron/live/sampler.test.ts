import { expect, test } from "vitest";
import { census } from "../../../../electron/live/census.ts";
import { sampler } from "../../../../electron/live/sampler.ts";
import type { Reader } from "../../../../electron/readers/reader.ts";
import type { Reading } from "../../../../shared/model/reading.ts";
import { madeClaim, nothingRead } from "../../../fixtures/made.ts";
import { manualClock } from "../../../manual-clock.ts";

const second = 1e9;
const host = {
  name: "h",
  os: "o",
  kernel: "k",
  cpu: "c",
  threads: 2,
  memory: 8e9,
  cgroup: "v2" as const,
  controllers: [],
};

/** A container whose next reading the test says, weighed each second. */
function weighedBox() {
  const people = census();
  const claim = madeClaim({
    id: "docker:a",
    handle: {
      via: "cgroup",
      paths: { unified: "/a", memory: null, cpu: null, cpuacct: null, pids: null, blkio: null },
      pid: null,
      container: "a",
    },
  });
  const tell = (change = {}) => {
    people.hear("docker", { came: { ...claim, ...change } });
    people.changes();
  };
  tell();
  let reading: Reading = {
    ...nothingRead,
    cpu: { used: 0, periods: 0, throttledPeriods: 0, throttledTime: 0 },
    pressure: { cpu: 0, memory: 0, io: 0, memoryFull: 0, ioFull: 0 },
  };
  const reader: Reader = {
    read: () => reading,
    bounds: () => null,
    lookAgain: () => undefined,
    describe: () => Promise.reject(new Error("not asked")),
    close: () => undefined,
  };
  const scales = sampler(people, () => reader, host, second, manualClock());
  return {
    tell,
    async next(change: Partial<Reading> = {}, after = second) {
      reading = { ...reading, ...change, at: reading.at + after };
      return (await scales.weigh()).get("docker:a");
    },
  };
}

test("who stands still has one sample, the very object, until a figure is another one", async () => {
  const { next } = weighedBox();
  for (let warm = 0; warm < 4; warm++) await next();
  const still = await next();
  expect(still?.cores).toBe(0);
  expect(await next()).toBe(still);
  expect(await next({ pids: 3 })).toMatchObject({ pids: 3 });
  const after = await next();
  expect(after).toMatchObject({ pids: 3, cores: 0 });
  expect(await next()).toBe(after);
});

test("a pause is a gap also where nothing moved; behind it pressure needs two seconds", async () => {
  const { next } = weighedBox();
  for (let warm = 0; warm < 5; warm++) await next();
  expect((await next({}, 60 * second))?.cores).toBeNull();
  expect(await next()).toMatchObject({ cores: 0, pressureCpu: null });
  expect(await next()).toMatchObject({ cores: 0, pressureCpu: 0 });
});

test("another limit of its engine's is seen at once, though nothing is read anew", async () => {
  const { next, tell } = weighedBox();
  for (let warm = 0; warm < 5; warm++) await next();
  expect((await next())?.memoryLimit).toBeNull();
  tell({ reported: { memory: 1e6, cpu: null, pids: null } });
  expect((await next())?.memoryLimit).toBe(1e6);
});
