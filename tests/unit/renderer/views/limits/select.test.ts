import { describe, expect, test } from "vitest";
import {
  isListed,
  isPicked,
  type Judged,
  nearestFirst,
  nearness,
  steadied,
  toldOf,
  worstInstanceFirst,
} from "../../../../../renderer/views/limits/select.ts";
import type { Sample } from "../../../../../shared/figures.ts";
import type { RuleId, Severity } from "../../../../../shared/model/finding.ts";
import type { Instance } from "../../../../../shared/model/instance.ts";
import { nothingKnown } from "../../../../../shared/wire/frames.ts";
import { madeFinding } from "../../../../fixtures/findings.ts";
import { mib, weighed } from "../../weighed.ts";

const judged = (
  name: string,
  sample: Partial<Sample> = {},
  said: readonly (readonly [RuleId, Severity])[] = [],
  more: Partial<Instance> = {},
): Judged => ({
  ...weighed(name, sample, more),
  near: nearness({ ...nothingKnown, ...sample }),
  findings: said.map(([rule, severity]) => madeFinding({ rule, severity, instance: `docker:${name}` })),
});
const names = (all: readonly Judged[]) => all.map(({ instance }) => instance.name);

describe("worst first", () => {
  const killed = judged("killed", { memoryUsed: 0.2 }, [["memory-killed", "critical"]]);
  const throttled = judged("throttled", { cpuUsed: 1 }, [
    ["cpu-throttled", "warning"],
    ["no-limit", "note"],
  ]);
  const filling = judged("filling", { memoryUsed: 0.97 }, [["memory-filling", "critical"]]);
  const bare = judged("bare", {}, [["no-limit", "note"]]);
  const full = judged("full", { memoryUsed: 0.9 });
  const empty = judged("empty", { memoryUsed: 0.1 });
  const unlimited = judged("unlimited");

  test("broken limits, then what is said, then who is nearest to a limit; who has none last", () => {
    const sorted = [unlimited, empty, bare, full, filling, throttled, killed].sort(worstInstanceFirst);
    expect(names(sorted)).toEqual(["killed", "throttled", "filling", "bare", "full", "empty", "unlimited"]);
  });
  test("of one finding each, who is nearest to its limit, then by name as people count", () => {
    const of = (name: string, memoryUsed: number) =>
      judged(name, { memoryUsed }, [["memory-killed", "critical"]]);
    expect(names([of("web-10", 0.5), of("web-2", 0.5), of("z", 0.9)].sort(worstInstanceFirst))).toEqual([
      "z",
      "web-2",
      "web-10",
    ]);
  });
  test("nearest first is by the nearest of its limits", () => {
    const both = judged("both", { memoryUsed: 0.3, cpuUsed: 0.95 });
    expect(names([full, both].sort(nearestFirst))).toEqual(["both", "full"]);
  });
});

test.each([
  ["memory", { memoryUsed: 0.4 }, 0.4],
  ["the nearest of three", { memoryUsed: 0.4, cpuUsed: 0.7, pids: 90, pidsLimit: 100 }, 0.9],
  ["no limit", { cores: 2, pids: 9 }, null],
] as const)("nearness: %s", (_, known, near) => expect(nearness({ ...nothingKnown, ...known })).toBe(near));

test("an order stands until somebody has moved by more than the slack, and moves then", () => {
  const first = steadied(new Map(), [{ id: "a", near: 0.5 }], 0.04);
  const jitter = steadied(first, [{ id: "a", near: 0.53 }], 0.04);
  expect(jitter.get("a")).toBe(0.5);
  expect(steadied(jitter, [{ id: "a", near: 0.55 }], 0.04).get("a")).toBe(0.55);
  // Who went, or lost its limit, is forgotten.
  expect(steadied(first, [{ id: "a", near: null }], 0.04).has("a")).toBe(false);
});

describe("the headline", () => {
  test("counts who is over by kind, who has no limit, and what all limits come to", () => {
    const told = toldOf([
      judged("a", { gross: 1, memoryLimit: 512 * mib, memoryUsed: 0.4 }, [["memory-killed", "critical"]]),
      judged("b", { gross: 1, memoryLimit: 256 * mib, memoryUsed: 0.8 }, [["limit-unused", "note"]]),
      judged("c", { gross: 1 }, [["no-limit", "note"]]),
      judged("unread"), // not weighed: whether it has a limit is not known
      judged("vm", { gross: 1, configured: 4096 * mib }, [["cpu-throttled", "warning"]], { kind: "vm" }),
    ]);
    expect(told).toEqual({
      count: 5,
      over: { container: 1, vm: 1 },
      findings: 4,
      unlimited: 1,
      together: (512 + 256 + 4096) * mib,
      nearest: { name: "b", share: 0.8, limit: 256 * mib },
    });
  });
  test("nobody is nobody, not unknown", () => {
    expect(toldOf([])).toMatchObject({ count: 0, unlimited: 0, together: 0, nearest: null });
  });
});

test("who runs is listed, without plain services; kind and search narrow", () => {
  const vm = judged("win", {}, [], { kind: "vm", engine: "libvirt", id: "libvirt:1" });
  const service = judged("cron", {}, [], { engine: "cgroup" });
  const stopped = judged("old", {}, [], { state: "stopped" });
  expect(names([vm, service, stopped, judged("a")].filter(isListed))).toEqual(["win", "a"]);
  expect([isPicked(vm, "both", ""), isPicked(vm, "container", ""), isPicked(vm, "vm", "WI")]).toEqual([
    true,
    false,
    true,
  ]);
});
