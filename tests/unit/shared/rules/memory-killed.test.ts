import { describe, expect, test } from "vitest";
import { box, mib, story } from "./told.ts";

const oom = { kind: "oom-kill", instance: "docker:a", detail: "loki" } as const;

describe("killed for memory", () => {
  test("inside a container that lives on: the counter alone tells it, at once", () => {
    const told = story();
    told.seconds(5);
    expect(told.rules()).toEqual([]);
    told.second({ sample: { oomKills: 1, killable: 100 * mib } });
    expect(told.one("memory-killed")).toMatchObject({
      severity: "critical",
      openedAt: told.now(),
      facts: { kills: 1, limit: 192 * mib, who: null },
      proposal: { resource: "memory", from: 192 * mib, to: 320 * mib, basis: { sure: "never-unhindered" } },
    });
  });

  test("kernel and engine tell of the same kill: it is one, with its name", () => {
    const told = story();
    told.seconds(2);
    told.second({ sample: { oomKills: 1 } });
    told.second({ sample: { oomKills: 1 }, events: [oom] });
    told.seconds(10, { sample: { oomKills: 1 } });
    expect(told.one("memory-killed")?.facts).toMatchObject({ kills: 1, who: "loki" });
    told.second({ sample: { oomKills: 3 }, events: [oom, oom] });
    expect(told.one("memory-killed")?.facts).toMatchObject({ kills: 3 });
  });

  test("kills from before are of before: what the counter shows at first is no news", () => {
    const told = story();
    told.seconds(60, { sample: { oomKills: 7 } });
    expect(told.rules()).toEqual([]);
  });

  test("it counts for an hour, and eases after ten minutes away from the limit", () => {
    const told = story();
    told.seconds(2);
    told.second({ events: [oom] });
    told.sleep(598_000);
    told.second();
    expect(told.one("memory-killed")?.severity).toBe("critical");
    told.seconds(40);
    expect(told.one("memory-killed")?.severity).toBe("warning");
    told.sleep((3_600 - 642) * 1_000);
    told.seconds(25);
    expect(told.rules()).toEqual([]);
    expect(told.told.at(-1)).toMatchObject({ rule: "memory-killed", clearedAt: told.now() - 2_000 });
  });

  test("a larger limit ends it, unless it is near that one too", () => {
    const told = story();
    told.seconds(2);
    told.second({ events: [oom] });
    const raised = { memoryLimit: 320 * mib };
    told.seconds(30, {
      instance: box({ reported: { memory: 320 * mib, cpu: null, pids: null } }),
      sample: raised,
    });
    expect(told.one("memory-killed")).toBeNull();
    const near = story();
    near.seconds(2);
    near.second({ events: [oom] });
    near.seconds(60, { sample: { ...raised, killable: 300 * mib } });
    expect(near.one("memory-killed")).toMatchObject({ severity: "critical", facts: { used: 300 / 320 } });
  });

  test("who ended by it is told as ended", () => {
    const told = story();
    told.seconds(2);
    told.second({ events: [oom, { kind: "died", instance: "docker:a", detail: "137" }] });
    told.seconds(60, { instance: box({ state: "stopped", weighed: null }), sample: null });
    expect(told.one("memory-killed")).toMatchObject({ severity: "critical", facts: { running: 0 } });
    told.second({ went: true });
    expect(told.open()).toEqual([]);
    expect(told.told.at(-1)).toMatchObject({ rule: "memory-killed", clearedAt: told.now() });
  });
});
