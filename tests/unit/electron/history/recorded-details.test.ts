import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openLedger } from "../../../../electron/history/ledger.ts";
import { openRecording } from "../../../../electron/history/recording.ts";
import { openDatabase } from "../../../../electron/history/sqlite.ts";
import { replay } from "../../../../electron/replay.ts";
import { untold } from "../../../../shared/model/detail.ts";
import { detailSchema } from "../../../../shared/model/recorded-detail.ts";
import { manualClock } from "../../../manual-clock.ts";
import { detail, facts, instance, sample, tick } from "./play-source.ts";

vi.setConfig({ testTimeout: 60_000 });

const start = 1_795_500_000_000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tare-details-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A recording as Tare wrote it before format 3: without what came with that. */
function older(format: 1 | 2): string {
  const path = join(folder, `format-${format}.tare`);
  writeFileSync(path, "");
  const { controllers: _, ...oldFacts } = facts;
  const { bounds: __, ...oldInstance } = instance(0);
  const { limits, processes, readFrom } = detail;
  const oldLimits = limits.map(({ key, value, ancestor, from }) => ({ key, value, ancestor, from }));
  const ledger = openLedger(path, { tare: "0.1.0", facts });
  const came = instance(0);
  ledger.take(
    tick(start, { whole: true, came: [came], samples: new Map([[came.id, sample({ gross: 1 })]]) }),
  );
  ledger.tellDetail(came.id, detail);
  ledger.take(tick(start + 1_000));
  ledger.commit();
  ledger.close();
  const database = openDatabase(path);
  database.run("UPDATE meta SET value = ? WHERE key = 'facts'", JSON.stringify(oldFacts));
  database.run("UPDATE instance SET json = ?", JSON.stringify(oldInstance));
  database.run("UPDATE detail SET json = ?", JSON.stringify({ limits: oldLimits, processes, readFrom }));
  database.exec(`PRAGMA user_version=${format}`);
  database.close();
  return path;
}

test.each([1, 2] as const)(
  "of format %i it still plays: what that could not hold is untold",
  async (format) => {
    const stop = new AbortController();
    const source = await replay(older(format), { clock: manualClock(), signal: stop.signal, sample: false });
    const [first] = [...source.past(0)];
    expect(source.facts.controllers).toBeNull();
    expect(first?.came).toMatchObject([{ bounds: null }]);
    // A figure that the file lacks is unknown, not 0.
    expect([...(first?.samples.values() ?? [])]).toMatchObject([{ gross: 1, refaults: null }]);
    const played = await source.detail(instance(0).id);
    expect(played).toMatchObject(untold);
    expect(played?.limits).toEqual(
      detail.limits.map((limit) => ({ ...limit, own: null, used: null, told: null })),
    );
    stop.abort();
  },
);

test("the sample that ships with Tare plays", async () => {
  const stop = new AbortController();
  const clock = manualClock();
  const source = await replay("assets/sample.tare", { clock, signal: stop.signal, sample: true });
  const [first] = [...source.past(0)];
  const details = await Promise.all((first?.came ?? []).map(({ id }) => source.detail(id)));
  expect(details.some((one) => one !== null)).toBe(true);
  stop.abort();
});

test.each([
  ["a count of something else", { counts: [{ key: "else", value: 1, local: null, from: "x" }] }],
  ["a capability without end", { security: { ...detail.security, capabilities: ["A".repeat(5_000)] } }],
  ["a hundred namespaces", { namespaces: Array(100).fill(detail.namespaces?.[0]) }],
  ["a namespace with more in it", { namespaces: [{ ...detail.namespaces?.[0], extra: 1 }] }],
  ["a pressure of one thing only", { pressure: { cpu: detail.pressure?.cpu } }],
  ["a missing thing with a text", { missing: [{ what: "<b>", why: "off" }] }],
  ["no number", { counts: [{ key: "oom", value: "1", local: null, from: "x" }] }],
])("a recorded detail that holds %s is refused", (_, change) => {
  expect(detailSchema.safeParse(detail).success).toBe(true);
  expect(detailSchema.safeParse({ ...detail, ...change }).success).toBe(false);
});

test("of three hundred containers for hours: no more is written than is read, and each is known", () => {
  const path = join(folder, "long.tare");
  writeFileSync(path, "");
  const ledger = openLedger(path, { tare: "0.1.0", facts });
  const all = Array.from({ length: 300 }, (_, slot) => instance(slot));
  const big = { ...detail, readFrom: Array.from({ length: 100 }, (_, index) => `/${index}`.repeat(10)) };
  const size = JSON.stringify(big).length;
  const [late, ...early] = all;
  if (!late) throw new Error("nobody");
  ledger.take(tick(start, { whole: true, came: all, samples: new Map([[late.id, sample({})]]) }));
  // Half as much again as a reader takes; the one that came last is told of at the end.
  for (let told = 0; told * size < 18 * 2 ** 20; told++) {
    const one = early[told % early.length];
    if (one) ledger.tellDetail(one.id, big);
    if (told % 100 === 99) ledger.take(tick(start + told * 10));
  }
  ledger.take(tick(start + 10_000_000));
  ledger.tellDetail(late.id, big);
  ledger.take(tick(start + 10_001_000));
  ledger.commit();
  ledger.close();
  const recording = openRecording(path);
  for (const { slot } of all) expect(recording.detail(slot, start + 20_000_000)).toEqual(big);
  recording.close();
});
