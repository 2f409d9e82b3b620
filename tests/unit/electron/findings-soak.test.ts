import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { findings } from "../../../electron/findings.ts";
import { openLedger } from "../../../electron/history/ledger.ts";
import { replay } from "../../../electron/replay.ts";
import type { Event } from "../../../shared/model/event.ts";
import type { Finding } from "../../../shared/model/finding.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import { defaultThresholds } from "../../../shared/rules/thresholds.ts";
import { crowd, crowdHost, crowdStart, mixed } from "../../fixtures/crowd.ts";
import { long } from "../../long.ts";
import { manualClock } from "../../manual-clock.ts";

// A recording of a mixed crowd, with Docker restarted in it, replayed at 60x. TARE_LONG=1: an hour of a hundred containers.
const [containers, minutes] = long ? [100, 60] : [50, 9];
vi.setConfig({ testTimeout: long ? 600_000 : 60_000 });

const restart = Math.round(minutes * 60 * 0.6);
/** Docker is away for so many seconds; all that ran is ended and started again. */
const away = 12;
const folder = mkdtempSync(join(tmpdir(), "tare-findings-soak-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function record(path: string): void {
  writeFileSync(path, "");
  const ledger = openLedger(path, { tare: "0.1.0", facts: crowdHost });
  const bodies = mixed(containers);
  const second = crowd(bodies);
  const all = (change: Partial<Instance>) => bodies.map(({ instance }) => ({ ...instance, ...change }));
  const events = (kind: Event["kind"], at: number, detail: string | null = null): Event[] =>
    bodies.map(({ instance }) => ({ at, kind, instance: instance.id, detail }));
  for (let now = 0; now < minutes * 60; now++) {
    const tick = second(now);
    const { at } = tick;
    if (now === restart)
      ledger.take({
        ...tick,
        samples: new Map(),
        came: all({ state: "stopped", weighed: null }),
        events: [{ at, kind: "engine-lost", instance: null, detail: "docker" }, ...events("died", at, "137")],
      });
    else if (now > restart && now < restart + away) ledger.take({ ...tick, samples: new Map() });
    else if (now === restart + away)
      ledger.take({
        ...tick,
        came: all({ startedAt: at - 1_000 }),
        events: [{ at, kind: "engine-back", instance: null, detail: "docker" }, ...events("started", at)],
      });
    else ledger.take(tick);
    if (now % 60 === 59) ledger.commit();
  }
  ledger.commit();
  ledger.close();
}

test(`${minutes} minutes of ${containers} containers at 60x, Docker restarted in it: no flapping, no finding lost`, async () => {
  const path = join(folder, "crowd.tare");
  record(path);
  const clock = manualClock();
  const stop = new AbortController();
  const source = await replay(path, { clock, signal: stop.signal, sample: false });
  const found = findings(source, () => defaultThresholds, stop.signal);
  const told: { readonly at: number; readonly finding: Finding }[] = [];
  let now = crowdStart;
  source.listen((tick) => {
    now = tick.at;
  }, stop.signal);
  source.steer({ speed: 60 });
  found.listen((all) => {
    for (const finding of all) told.push({ at: now, finding });
  }, stop.signal);
  // Not to the very end: there it stands still, and what holds is looked at anew.
  await clock.pass(minutes * 1_000 - 50);
  const open = found.open();
  stop.abort();
  await clock.pass(0);
  expect(now).toBeGreaterThan(crowdStart + (minutes * 60 - 5) * 1_000);

  // No flapping: what cleared stays away for two minutes at least.
  const clearedAt = new Map<string, number>();
  const flaps: string[] = [];
  for (const { at, finding } of told) {
    const before = clearedAt.get(finding.id);
    if (finding.clearedAt !== null) clearedAt.set(finding.id, finding.clearedAt);
    else {
      if (before !== undefined && at - before < 120_000) flaps.push(finding.id);
      clearedAt.delete(finding.id);
    }
  }
  expect(flaps).toEqual([]);

  // No finding lost: who has trouble all the time has had one finding all the time, across the restart too.
  const slots = (way: string) =>
    mixed(containers)
      .filter(({ instance }) => instance.name.startsWith(way))
      .map(({ instance }) => instance.id);
  for (const [way, rule] of [
    ["throttled", "cpu-throttled"],
    ["thrashes", "memory-thrashing"],
  ] as const)
    for (const id of slots(way)) {
      const finding = open.find((one) => one.rule === rule && one.instance === id);
      const since = finding && (finding.openedAt - crowdStart) / 1_000;
      expect([way, id, since]).toEqual([
        way,
        id,
        expect.toSatisfy((value) => value !== undefined && value < 90),
      ]);
    }
  // And nothing loud is said of the others.
  const quiet = new Set(["idle", "bursty", "builds", "caches"].flatMap(slots));
  const loud = told.filter(
    ({ finding }) => finding.severity !== "note" && finding.instance !== null && quiet.has(finding.instance),
  );
  expect(loud.map(({ finding }) => finding.id)).toEqual([]);
});
