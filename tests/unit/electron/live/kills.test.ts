import { describe, expect, test } from "vitest";
import { kills } from "../../../../electron/live/kills.ts";
import type { Sample } from "../../../../shared/figures.ts";
import type { Event } from "../../../../shared/model/event.ts";

const web = "docker:web";
const oom = (at: number): Event => ({ at, kind: "oom-kill", instance: web, detail: null });
const counted = (oomKills: number | null) => new Map([[web, { oomKills } as Sample]]);

/** Steps of one second; what is not said in one is nothing. */
function lab() {
  const deaths = kills();
  let at = 100_000;
  return (step: {
    log?: readonly string[];
    count?: number | null;
    heard?: readonly Event[];
    went?: boolean;
    startedAt?: number;
    wait?: number;
  }) => {
    at += step.wait ?? 1_000;
    return deaths
      .settle({
        at,
        events: step.heard ?? [],
        samples: step.count === undefined ? new Map() : counted(step.count),
        log: (step.log ?? []).map((name) => ({ instance: web, name })),
        went: step.went ? [web] : [],
        startedAt: () => step.startedAt ?? null,
      })
      .map(({ kind, detail }) => (detail === null ? kind : `${kind} ${detail}`));
  };
}

describe("one kill, one event", () => {
  test("the log names it, the counter and Docker say the same later", () => {
    const step = lab();
    expect(step({ count: 0 })).toEqual([]);
    expect(step({ count: 0, log: ["nginx"] })).toEqual(["oom-kill nginx"]);
    expect(step({ count: 1 })).toEqual([]);
    expect(step({ count: 1, heard: [oom(103_000)] })).toEqual([]);
    expect(step({ count: 1, wait: 15_000 })).toEqual([]);
  });
  test("a counter that rose without a line still tells it, without a name", () => {
    const step = lab();
    step({ count: 3 });
    expect(step({ count: 5 })).toEqual(["oom-kill", "oom-kill"]);
    expect(step({ count: 5, heard: [oom(102_000)] })).toEqual([]);
  });
  test("of three kills the log lost one", () => {
    const step = lab();
    step({ count: 0 });
    expect(step({ count: 3, log: ["a", "b"] })).toEqual(["oom-kill a", "oom-kill b", "oom-kill"]);
    expect(step({ count: 3 })).toEqual([]);
  });
  test("Docker alone: its container ended with its counter", () => {
    const step = lab();
    step({ count: 0 });
    expect(step({ heard: [oom(102_000)] })).toEqual([]);
    expect(step({})).toEqual(["oom-kill"]);
    expect(step({})).toEqual([]);
  });
  test("Docker first, the counter in the next step", () => {
    const step = lab();
    step({ count: 0 });
    expect(step({ count: 0, heard: [oom(102_000)] })).toEqual([]);
    expect(step({ count: 1 })).toEqual(["oom-kill"]);
    expect(step({ count: 1 })).toEqual([]);
  });
  test("Docker first, and the counter only when it is read again: it was told", () => {
    const step = lab();
    step({ count: 0 });
    step({ heard: [oom(102_000)], count: 0 });
    expect(step({ count: 0 })).toEqual(["oom-kill"]);
    expect(step({ count: 1, wait: 14_000 })).toEqual([]);
  });
  test("two kills that Docker tells where nothing else does are two", () => {
    const step = lab();
    step({ heard: [oom(101_000), oom(101_500)] });
    expect(step({})).toEqual(["oom-kill", "oom-kill"]);
  });
  test("removed at once: what its engine said last is told", () => {
    const step = lab();
    step({ heard: [oom(101_000)], went: true });
    expect(step({})).toEqual(["oom-kill"]);
  });
});

describe("what was before is no news", () => {
  test("of a container that was running already", () => expect(lab()({ count: 7 })).toEqual([]));
  test("but all of one that has just begun is", () =>
    expect(lab()({ count: 1, startedAt: 99_000 })).toEqual(["oom-kill"]));
  test("after a restart the counter starts anew", () => {
    const step = lab();
    step({ count: 5 });
    expect(step({ count: 0 })).toEqual([]);
    expect(step({ count: 1 })).toEqual(["oom-kill"]);
  });
  test("a gap in the counter is none", () => {
    const step = lab();
    step({ count: 2 });
    expect(step({ count: null })).toEqual([]);
    expect(step({ count: 2 })).toEqual([]);
  });
  test("a line without a count is not held for ever against later kills", () => {
    const step = lab();
    step({ count: 0, log: ["in a box inside the box"] });
    expect(step({ count: 1, wait: 40_000 })).toEqual(["oom-kill"]);
  });
});

test("other events pass, and one of no instance too", () => {
  const events: Event[] = [
    { at: 1, kind: "started", instance: web, detail: null },
    { at: 1, kind: "oom-kill", instance: null, detail: "x" },
  ];
  const step = { at: 2, events, samples: new Map(), log: [], went: [], startedAt: () => null };
  expect(kills().settle(step)).toEqual(events);
});
