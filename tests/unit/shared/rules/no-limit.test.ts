import { expect, test } from "vitest";
import { box, mib, story } from "./told.ts";

const none = { reported: { memory: null, cpu: null, pids: null } };

test("no memory limit is a note, with what it uses", () => {
  const told = story(box(none));
  told.seconds(3, { sample: { memoryLimit: null } });
  expect(told.one("no-limit")).toMatchObject({ severity: "note", facts: { used: 45 * mib, peak: 45 * mib } });
});

test.each([
  ["a VM, which has a size", box({ ...none, kind: "vm" }), {}],
  ["a plain cgroup", box({ ...none, engine: "cgroup" }), {}],
  ["one that is not told in full yet", box({ ...none, detailed: false }), {}],
  ["a group around it has one", box(none), { memoryLimit: 64 * mib }],
  ["memory is not counted here", box(none), { workingSet: null }],
])("quiet: %s", (_, instance, sample) => {
  const told = story(instance);
  told.seconds(8, { sample: { memoryLimit: null, ...sample } });
  expect(told.rules()).not.toContain("no-limit");
});

test("one that grows for long says by how much an hour", () => {
  const told = story(box(none));
  told.seconds(1_300, (second) => ({ sample: { memoryLimit: null, killable: (100 + second / 600) * mib } }));
  expect(Number(told.one("no-limit")?.facts.perHour) / mib).toBeCloseTo(6, 0);
});
