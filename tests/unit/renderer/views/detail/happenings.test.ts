import { expect, test } from "vitest";
import { gapReason, happenings } from "../../../../../renderer/views/detail/happenings.ts";
import type { Event } from "../../../../../shared/model/event.ts";

const event = (
  at: number,
  kind: Event["kind"],
  instance: string | null = "a",
  detail: string | null = null,
) => ({
  at,
  kind,
  instance,
  detail,
});
const a = { id: "a", engine: "docker" } as const;

test("its own events and those of its engine, oldest first, inside the span", () => {
  const all = [
    event(50, "engine-lost", null, "docker"),
    event(40, "engine-lost", null, "libvirt"),
    event(30, "oom-kill"),
    event(20, "started", "b"),
    event(10, "started"),
    event(200, "died"),
  ];
  expect(happenings(all, a, { from: 5, to: 100 }).map(({ at }) => at)).toEqual([10, 30, 50]);
});

const gap = { from: 100_000, to: 160_000 };
test.each([
  ["its engine was lost", [event(101_000, "engine-lost", null, "docker")], null, 0, "engine"],
  ["it was killed", [event(99_000, "oom-kill")], null, 0, "stopped"],
  ["it ended", [event(99_000, "died")], null, 0, "stopped"],
  ["the last word counts", [event(96_000, "died"), event(99_000, "started")], null, 0, "none"],
  ["it had not started, and nothing was measured before", [], 158_000, 160_000, "before"],
  ["it was restarted after, but was measured before: nobody knows", [], 158_000, 50_000, "none"],
  ["long before", [event(10_000, "died")], null, 0, "none"],
] as const)("%s", (_, happened, startedAt, firstKnown, reason) => {
  expect(gapReason(gap, happened, { startedAt }, firstKnown)).toBe(reason);
});
