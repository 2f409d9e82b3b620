import { describe, expect, test } from "vitest";
import { box, start, story } from "./told.ts";

const died = { kind: "died", instance: "docker:a", detail: "1" } as const;
const started = { kind: "started", instance: "docker:a", detail: null } as const;
const restarted = { kind: "restarted", instance: "docker:a", detail: null } as const;

describe("restart loop", () => {
  test("three within the hour, told by events: critical, then over after ten quiet minutes", () => {
    const told = story();
    told.second();
    for (let turn = 0; turn < 3; turn++)
      told.seconds(10, (second) => ({ events: second === 0 ? [died, started] : [] }));
    expect(told.one("restart-loop")).toMatchObject({ severity: "critical", facts: { restarts: 3 } });
    told.seconds(160);
    expect(told.one("restart-loop")?.severity).toBe("warning");
    told.seconds(460);
    expect(told.one("restart-loop")).toBeNull();
  });

  test("told by Docker's count alone, and by both: once", () => {
    const told = story(box({ restarts: 0 }));
    told.second();
    told.second({ events: [died, started] });
    told.seconds(2, { instance: box({ restarts: 1 }) });
    expect(told.rules()).toEqual([]);
    told.seconds(2, { instance: box({ restarts: 5 }) });
    expect(told.one("restart-loop")?.facts.restarts).toBe(5);
  });

  test("of a container made while we watched, what Docker counts at first sight counts too", () => {
    const told = story(box({ restarts: 4, createdAt: start - 1_000 }));
    told.second();
    expect(told.one("restart-loop")?.facts.restarts).toBe(4);
    const old = story(box({ restarts: 400, createdAt: start - 86_400_000 }));
    old.seconds(60);
    expect(old.rules()).toEqual([]);
  });

  test("stopped by somebody: over soon, though it stays in the list", () => {
    const told = story(box({ restarts: 0 }));
    told.second();
    told.second({ instance: box({ restarts: 3 }) });
    told.seconds(50, { instance: box({ restarts: 3, state: "stopped", weighed: null }), sample: null });
    expect(told.rules()).toEqual([]);
  });

  test("quiet: what a person restarts", () => {
    const told = story();
    told.second();
    for (let turn = 0; turn < 5; turn++)
      told.seconds(10, (second) => ({ events: second === 0 ? [died, started, restarted] : [] }));
    expect(told.told).toEqual([]);
  });
});
