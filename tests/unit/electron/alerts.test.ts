import { expect, test } from "vitest";
import { type Alert, alerts } from "../../../electron/alerts.ts";
import type { Finding } from "../../../shared/model/finding.ts";
import { defaultSettings, type Settings } from "../../../shared/model/settings.ts";

const finding = (change: Partial<Finding> = {}): Finding => ({
  id: "cpu-throttled/docker:1",
  rule: "cpu-throttled",
  severity: "warning",
  instance: "docker:1",
  openedAt: 0,
  worsenedAt: 0,
  clearedAt: null,
  from: 0,
  to: 0,
  evidence: [],
  facts: {},
  shows: null,
  proposal: null,
  ...change,
});

function told(open: readonly Finding[] = [], settings: Partial<Settings> = {}, live = true) {
  let tell: (findings: readonly Finding[], anew: boolean) => void = () => undefined;
  const listen = (listener: typeof tell) => {
    tell = listener;
  };
  const found = { open: () => open, listen };
  const people = { instance: () => null };
  const heard: (readonly Alert[])[] = [];
  const night = () => new Date(2026, 10, 24, 23, 30);
  const all = alerts(
    found,
    people,
    () => ({ ...defaultSettings, ...settings }),
    () => live,
    night,
  );
  all((one) => heard.push(one), new AbortController().signal);
  return { tick: (findings: readonly Finding[], anew = false) => tell(findings, anew), heard };
}

const idsOf = (heard: readonly (readonly Alert[])[]) =>
  heard.map((one) => one.map(({ finding: { id } }) => id));

test("once when it opens and once when it worsens; not while it goes on, and again after it was over", () => {
  const { tick, heard } = told();
  const { id } = finding();
  tick([finding()]);
  tick([finding({ to: 1 })]);
  tick([finding({ severity: "critical" })]);
  tick([finding()]);
  expect(idsOf(heard)).toEqual([[id], [id]]);
  tick([finding({ clearedAt: 5 })]);
  tick([finding()]);
  expect(idsOf(heard)).toEqual([[id], [id], [id]]);
});

test("what holds already is no news: at the start, and after a jump", () => {
  const { tick, heard } = told([finding()]);
  tick([finding({ to: 1 })]);
  tick([finding({ id: "no-limit/docker:2", severity: "warning" })], true);
  expect(heard).toEqual([]);
});

test("quiet at half past eleven but for what is critical; muted by name; nothing in a recording", () => {
  const quiet = told([], { quietHours: { from: 1_320, to: 420 } });
  quiet.tick([
    finding(),
    finding({ id: "memory-killed/docker:1", rule: "memory-killed", severity: "critical" }),
  ]);
  expect(idsOf(quiet.heard)).toEqual([["memory-killed/docker:1"]]);
  const muted = told([], { muted: [{ rule: null, name: "docker:1" }] });
  muted.tick([finding()]);
  const recording = told([], {}, false);
  recording.tick([finding()]);
  expect([muted.heard, recording.heard]).toEqual([[], []]);
});
