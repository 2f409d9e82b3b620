import { expect, test } from "vitest";
import { evidence, evidenceNames } from "../../../../shared/rules/evidence.ts";
import { words } from "../../../../shared/words/words.ts";
import { box, host } from "./told.ts";

const seen = { from: 1, to: 2 };

test("each stands where the kernel of that version keeps it", () => {
  const of = (cgroup: "v1" | "v2") =>
    evidence(box(), { ...host, cgroup }, seen, { kills: 2, throttledTime: 0.1 }).map(({ source }) => source);
  expect(of("v2")).toEqual(["memory.events: oom_kill", "cpu.stat: throttled_usec"]);
  expect(of("v1")).toEqual(["memory.oom_control: oom_kill", "cpu.stat: throttled_time"]);
});

test("what is not known is no evidence, 0 is", () => {
  expect(
    evidence(box(), host, seen, { cache: null, swap: 0 }).map(({ name, value }) => [name, value]),
  ).toEqual([["swap", 0]]);
});

test("every one has a unit, a place without words of ours, and a name in each language", () => {
  for (const cgroup of ["v1", "v2"] as const)
    for (const name of evidenceNames) {
      const [one] = evidence(box(), { ...host, cgroup }, seen, { [name]: 1 });
      expect([name, one?.source]).toEqual([name, expect.stringMatching(/^[^{}]+$/)]);
    }
  for (const { findings } of Object.values(words))
    expect(Object.keys(findings.evidence)).toEqual(evidenceNames);
});
