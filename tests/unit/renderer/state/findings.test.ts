import { beforeEach, expect, test } from "vitest";
import { newsKept, nothingFound, takeFindings, useFindings } from "../../../../renderer/state/findings.ts";
import { madeFinding } from "../../../fixtures/findings.ts";

const killed = madeFinding({ rule: "memory-killed", severity: "warning" });
const other = madeFinding({ rule: "no-limit", severity: "note", instance: "docker:b" });
const host = madeFinding({ rule: "limits-over-host", severity: "note", instance: null });
const now = () => useFindings.getState();
const kinds = () => now().news.map(({ kind, finding }) => `${kind} ${finding.rule}`);

beforeEach(() => useFindings.setState(nothingFound));

test("what a whole frame tells holds, and is no news", () => {
  takeFindings({ whole: true, findings: [killed, host] });
  expect([...now().byInstance.keys()]).toEqual(["docker:a", ""]);
  expect(now().news).toEqual([]);
  takeFindings({ whole: true, findings: [other] });
  expect([...now().byId.keys()]).toEqual([other.id]);
});

test("what opens, worsens and clears meanwhile is; newer figures alone are not", () => {
  takeFindings({ whole: true, findings: [] });
  takeFindings({ whole: false, findings: [killed] });
  takeFindings({ whole: false, findings: [{ ...killed, facts: { kills: 2 } }] });
  takeFindings({ whole: false, findings: [{ ...killed, severity: "critical" }] });
  takeFindings({ whole: false, findings: [{ ...killed, severity: "warning" }] });
  takeFindings({
    whole: false,
    findings: [
      { ...killed, clearedAt: 9 },
      { ...other, clearedAt: 9 },
    ],
  });
  expect(kinds()).toEqual(["opened memory-killed", "worsened memory-killed", "cleared memory-killed"]);
  expect(now().news.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect([now().byId.size, now().byInstance.size]).toEqual([0, 0]);
});

test("who is not concerned keeps the same array, and a frame without findings changes nothing", () => {
  takeFindings({ whole: true, findings: [killed, other] });
  const before = now();
  takeFindings({ whole: false, findings: [] });
  expect(now()).toBe(before);
  takeFindings({ whole: false, findings: [{ ...killed, facts: { kills: 2 } }] });
  expect(now().byInstance.get("docker:b")).toBe(before.byInstance.get("docker:b"));
  expect(now().byInstance.get("docker:a")).not.toBe(before.byInstance.get("docker:a"));
});

test("news is bounded, and goes on counting", () => {
  for (let turn = 0; turn < newsKept; turn++)
    for (const clearedAt of [null, turn])
      takeFindings({ whole: false, findings: [{ ...killed, clearedAt }] });
  expect(now().news).toHaveLength(newsKept);
  expect(now().news.at(-1)?.sequence).toBe(2 * newsKept);
});
