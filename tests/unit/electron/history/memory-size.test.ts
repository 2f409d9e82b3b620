import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test, vi } from "vitest";
import { history } from "../../../../electron/history/memory.ts";
import { type FigureName, figureNames, figures, type Sample } from "../../../../shared/figures.ts";
import { nothingKnown } from "../../../../shared/wire/frames.ts";
import { instance, sample, tick } from "./ticks.ts";

// An hour of ticks in a few seconds, or in more where the machine is busy.
vi.setConfig({ testTimeout: 60_000 });
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
/** Bytes of typed arrays that are still in use. */
function arrays(): number {
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
}

test("thousands of them do not fill the memory: those who went first are forgotten", () => {
  const hour = history();
  const before = arrays();
  for (let second = 0; second < 6_000; second++) {
    const id = `docker:${second}`;
    hour.take(
      tick(
        second / 2,
        { [id]: sample({ cores: 1 }) },
        { came: [instance(id)], went: [`docker:${second - 1}`] },
      ),
    );
  }
  expect(hour.series("docker:5998", 0, ["cores"]).at).toHaveLength(1);
  expect(hour.series("docker:10", 0, ["cores"]).at).toEqual([]);
  expect((arrays() - before) / 1e6).toBeLessThan(20);
});

test("an hour of 300 instances, all figures known and changing, takes at most 45 MB", () => {
  const names = figureNames.filter((name) => figures[name].kept);
  const before = arrays();
  const hour = history();
  const ids = Array.from({ length: 300 }, (_, index) => `docker:${index}`);
  const came = ids.map(instance);
  // One sample, changed in place: making a million of them is not what is measured here.
  const changing = { ...nothingKnown } as { -readonly [name in FigureName]: number | null };
  const samples = new Map<string, Sample>(ids.map((id) => [id, changing]));
  const fill = (second: number) => {
    for (const [column, name] of names.entries()) changing[name] = second * 1_000 + column;
    hour.take({ ...tick(second, {}), came: second === 0 ? came : [], samples });
  };
  for (let second = 0; second < 3_600; second++) fill(second);
  const hourly = arrays() - before;
  expect(hourly / 1e6).toBeGreaterThan(30); // it is this that is measured
  expect(hourly / 1e6).toBeLessThan(45);
  for (let second = 3_600; second < 4_200; second++) fill(second);
  expect(arrays() - before).toBe(hourly);
  expect(hour.series("docker:299", 0, ["cores"]).at.length).toBeGreaterThan(890); // 300 steps and 600 seconds
});
