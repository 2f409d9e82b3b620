import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { record } from "../../../electron/history/recorder.ts";
import { replay } from "../../../electron/replay.ts";
import type { Tick } from "../../../shared/model/tick.ts";
import { manualClock } from "../../manual-clock.ts";
import { handSource, instance, sample, tick } from "./history/play-source.ts";

const start = 1_795_500_000_000;
const second = 1_000;
let folder: string;
let path: string;
const stop = new AbortController();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tare-replay-"));
  path = join(folder, "out.tare");
  const [clock, source, ending] = [manualClock(start), handSource(), new AbortController()];
  const ended = record(path, source, {
    clock,
    version: "0.1.0",
    signal: ending.signal,
    for: null,
    name: null,
    keep: () => true,
    onBegun: () => undefined,
    onSaved: () => undefined,
    onTrouble: () => undefined,
  });
  for (let n = 0; n < 20; n++) {
    source.put(
      tick(start + n * second, {
        whole: n === 0,
        came: n === 0 ? [instance(0)] : [],
        samples: new Map([["docker:0", sample({ cores: n })]]),
        events:
          n === 5 ? [{ at: start + n * second, kind: "oom-kill", instance: "docker:0", detail: null }] : [],
      }),
    );
    await clock.pass(second);
  }
  ending.abort();
  await ended;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a seek tells all that was before: figures second by second, and what happened", async () => {
  const source = await replay(path, { clock: manualClock(), signal: stop.signal, sample: false });
  const told: Tick[] = [];
  source.listen((one) => told.push(one), stop.signal);
  source.steer({ position: start + 10 * second, playing: false });
  const last = told.at(-1);
  expect(last).toMatchObject({ at: start + 10 * second, whole: true, events: [{ kind: "oom-kill" }] });
  const past = [...source.past()];
  expect(past.map(({ samples }) => samples.get("docker:0")?.cores)).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
  source.steer({ position: start + 2 * second });
  expect([told.at(-1)?.events, [...source.past()].length]).toEqual([[], 3]);
});
