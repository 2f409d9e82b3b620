import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openLedger } from "../../../electron/history/ledger.ts";
import { openDatabase } from "../../../electron/history/sqlite.ts";
import { replay } from "../../../electron/replay.ts";
import type { Tick } from "../../../shared/model/tick.ts";
import { manualClock } from "../../manual-clock.ts";
import { detail, facts, instance, sample, tick } from "./history/play-source.ts";

vi.setConfig({ testTimeout: 60_000 });

const start = 1_795_500_000_000;
const second = 1_000;
let folder: string;
let path: string;

/** Ten seconds; `b` lives from the third to the sixth, and the machine sleeps an hour before the last. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-replay-"));
  path = join(folder, "ten.tare");
  writeFileSync(path, "");
  const ledger = openLedger(path, { tare: "0.1.0", facts });
  const [a, b] = [instance(0), instance(1)];
  for (let n = 0; n < 10; n++)
    ledger.take(
      tick(start + n * second + (n === 9 ? 3_600_000 : 0), {
        whole: n === 0,
        came: n === 0 ? [a] : n === 3 ? [b] : [],
        went: n === 6 ? [b.id] : [],
        samples: new Map([
          [a.id, sample({ gross: n })],
          ...(n >= 3 && n < 6 ? [[b.id, sample({ gross: 100 + n })] as const] : []),
        ]),
        events: n === 4 ? [{ at: start, kind: "paused", instance: b.id, detail: null }] : [],
      }),
    );
  ledger.tellDetail(a.id, detail);
  ledger.take(tick(start + 3_610_000));
  ledger.commit();
  ledger.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A player on a clock of its own, and what one listener got. */
async function playing(change: { readonly sample?: boolean; readonly path?: string } = {}) {
  const clock = manualClock();
  const stop = new AbortController();
  const source = await replay(change.path ?? path, {
    clock,
    signal: stop.signal,
    sample: change.sample ?? false,
  });
  const got: Tick[] = [];
  source.listen((one) => got.push(one), stop.signal);
  return {
    source,
    clock,
    got,
    seconds: () => got.map(({ at }) => (at - start) / second),
    async end() {
      stop.abort();
      await clock.pass(0);
    },
  };
}

test("at the recorded pace, and at four times of it", async () => {
  const one = await playing();
  await one.clock.pass(2_999);
  expect(one.seconds()).toEqual([0, 1, 2]);
  one.source.steer({ speed: 4 });
  await one.clock.pass(1_000);
  expect(one.seconds()).toEqual([0, 1, 2, 2, 3, 4, 5, 6]);
  expect(one.got.map(({ replay: state }) => state?.speed)).toEqual([1, 1, 1, 4, 4, 4, 4, 4]);
  await one.end();
});

test("what precedes the first instance is not played, but for a stretch that is too long for chance", async () => {
  const begins = async (empty: number) => {
    const file = join(folder, `empty-${empty}.tare`);
    writeFileSync(file, "");
    const ledger = openLedger(file, { tare: "0.1.0", facts });
    for (let n = 0; n < 14; n++)
      ledger.take(tick(start + n * second, { whole: n === 0, came: n === empty ? [instance(0)] : [] }));
    ledger.commit();
    ledger.close();
    const one = await playing({ path: file });
    const [first] = one.got;
    await one.end();
    return [((first?.at ?? 0) - start) / second, first?.came.length, first?.replay?.from];
  };
  expect(await begins(4)).toEqual([4, 1, start + 4 * second]);
  expect(await begins(11)).toEqual([0, 0, start]);
});

test("an hour of sleep is not waited for", async () => {
  const one = await playing();
  await one.clock.pass(8_000 + 5_000);
  expect(one.seconds().at(-1)).toBe(3_609);
  await one.end();
});

test("a pause stands still and says so; going on goes on from there", async () => {
  const one = await playing();
  await one.clock.pass(1_500);
  one.source.steer({ playing: false });
  await one.clock.pass(60_000);
  expect(one.seconds()).toEqual([0, 1, 1]);
  expect(one.got.at(-1)).toMatchObject({ whole: true, replay: { playing: false, position: start + second } });
  one.source.steer({ playing: true });
  await one.clock.pass(1_000);
  expect(one.seconds()).toEqual([0, 1, 1, 1, 2]);
  await one.end();
});

test.each([
  ["forwards", 4_900, 4, ["docker:0", "docker:1"]], // between two ticks: the one before
  ["to the very tick", 6_000, 6, ["docker:0"]],
  ["before the start", -5_000, 0, ["docker:0"]],
  ["beyond the end", 1e9, 3_610, ["docker:0"]],
])("a seek %s gives everything that existed then", async (_, to, at, ids) => {
  const one = await playing();
  await one.clock.pass(3_100);
  one.source.steer({ position: start + to, playing: false });
  const last = one.got.at(-1);
  expect([last?.whole, ((last?.at ?? 0) - start) / second]).toEqual([true, at]);
  expect(last?.came.map(({ id }) => id)).toEqual(ids);
  if (at < 10) expect(last?.samples.get("docker:0")?.gross).toBe(at);
  if (at === 4) expect(last?.samples.get("docker:1")?.gross).toBe(104);
  await one.end();
});

test("who comes late gets everything, then the same steps", async () => {
  const one = await playing();
  await one.clock.pass(4_100);
  const late: Tick[] = [];
  const stop = new AbortController();
  one.source.listen((step) => late.push(step), stop.signal);
  await one.clock.pass(1_000);
  expect(late.map(({ whole, at, came }) => [whole, (at - start) / second, came.length])).toEqual([
    [true, 4, 2],
    [false, 5, 0],
  ]);
  expect(late[1]).toEqual(one.got.at(-1));
  stop.abort();
  await one.clock.pass(1_000);
  expect(late).toHaveLength(2);
  await one.end();
});

test("its past is told whole: who was there at first, then who came and went, what happened, and all figures", async () => {
  const one = await playing();
  one.source.steer({ position: start + 3_610_000, playing: false });
  const past = [...one.source.past(0)];
  expect(past.map(({ at }) => (at - start) / second)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 3609, 3610]);
  expect(
    past.flatMap(({ whole, came, went }, index) =>
      came.length + went.length ? [[index, whole, came.length, went.length]] : [],
    ),
  ).toEqual([
    [0, true, 1, 0],
    [3, false, 1, 0],
    [6, false, 0, 1],
  ]);
  expect(past.flatMap(({ events }) => events)).toMatchObject([{ kind: "paused" }]);
  expect(past[4]?.samples.size).toBe(2);
  // Without a beginning: the hour before now, in which the one of the middle is no more.
  expect([...one.source.past()].map(({ at }) => (at - start) / second)).toEqual([3609, 3610]);
  await one.end();
});

test("at its end a recording stops, and begins again when it is told to play", async () => {
  const one = await playing();
  one.source.steer({ position: start + 3_610_000 });
  await one.clock.pass(2_000);
  expect(one.got.at(-1)).toMatchObject({ whole: true, replay: { playing: false } });
  one.source.steer({ playing: true });
  expect(one.got.at(-1)).toMatchObject({ whole: true, at: start, replay: { playing: true } });
  await one.end();
});

test("the sample begins again by itself, and is labelled as such", async () => {
  const one = await playing({ sample: true });
  one.source.steer({ position: start + 3_610_000 });
  await one.clock.pass(1_500);
  expect(one.got.at(-1)).toMatchObject({ whole: true, at: start, replay: { playing: true, sample: true } });
  await one.clock.pass(1_000);
  expect(one.seconds().at(-1)).toBe(1);
  await one.end();
});

test("the panel, and nothing where there is none", async () => {
  const one = await playing();
  expect(await one.source.detail("docker:0")).toEqual(detail);
  expect(await one.source.detail("docker:1")).toBeNull();
  expect(await one.source.detail("__proto__")).toBeNull();
  await one.end();
});

test("a file that somebody changes under it goes on as it was: what plays is a private copy", async () => {
  const other = join(folder, "other.tare");
  copyFileSync(path, other);
  const one = await playing({ path: other });
  const database = openDatabase(other);
  database.run("UPDATE tick SET frame = ? WHERE at > ?", new Uint8Array([1]), start);
  database.close();
  await one.clock.pass(3_500);
  expect(one.seconds()).toEqual([0, 1, 2, 3]);
  await one.end();
});

test("nothing is left of its copy, even while it is played", async () => {
  const ours = () => readdirSync(tmpdir()).filter((name) => /^tare-[A-Za-z0-9]{6}$/.test(name)).length;
  const before = ours();
  const one = await playing();
  expect(ours()).toBe(before);
  await one.end();
});
