import { expect } from "vitest";
import type { Severity } from "../../shared/model/finding.ts";
import { keyOf, MiB, numberOf } from "./judge.ts";
import type { Off } from "./off.ts";
import type { Situations } from "./situations.ts";

// What the rules said inside the guest, against the kernel's own files.

/** How severe each is at its worst; what is not here is a note. */
const severities: Readonly<Record<string, Severity>> = {
  ...{ swapping: "critical", killed: "critical", pids: "critical", soft: "critical" },
  ...{ throttled: "warning" },
};

export function expectSituations({ made, missed, swapped, stay, told }: Situations): void {
  expect(missed).toEqual([]);
  expect(stay).toEqual([]);
  const of = (name: string) => {
    const found = made.find((one) => one.name === name);
    if (!found) throw new Error(`nothing was made of ${name}`);
    return { ...found, facts: found.finding.facts };
  };
  const worst = (id: string) => {
    const all = told.filter((one) => one.id === id).map(({ severity }) => severity);
    return (["critical", "warning", "note"] as const).find((severity) => all.includes(severity));
  };
  for (const [name, severity] of Object.entries(severities))
    expect([name, worst(of(name).finding.id)]).toEqual([name, severity]);
  for (const { finding } of made) expect(finding.evidence.length, finding.id).toBeGreaterThan(0);

  const swapping = of("swapping");
  expect(swapping.facts).toMatchObject({
    limit: numberOf(swapping.files, "memory.max"),
    swapLimit: numberOf(swapping.files, "memory.swap.max"),
  });
  // Of the second in which it was found: pages go in and out, and the files were read a moment later.
  expect(Number(swapping.facts.swap)).toBeGreaterThan(0);
  expect(Number(swapping.facts.swap)).toBeLessThanOrEqual(numberOf(swapping.files, "memory.swap.max"));
  expect(swapping.finding.evidence).toContainEqual(
    expect.objectContaining({ name: "swap", source: "memory.swap.current", unit: "bytes" }),
  );
  expect(swapping.finding.proposal).toMatchObject({ resource: "memory", from: 32 * MiB });

  const killed = of("killed");
  expect(killed.facts).toMatchObject({ who: "tail", running: 1, limit: 16 * MiB });
  expect(killed.facts.kills).toBe(keyOf(killed.files, "memory.events", "oom_kill"));
  const pids = of("pids");
  expect(pids.facts.limit).toBe(8);
  expect(of("throttled").facts.limit).toBe(0.1);
  const soft = of("soft");
  expect(soft.facts).toMatchObject({ limit: 16 * MiB });
  // It goes on hitting it until the files are read.
  expect(Number(soft.facts.hits)).toBeLessThanOrEqual(keyOf(soft.files, "memory.events", "high") ?? 0);

  const off = of("off");
  expect(off.facts).toMatchObject({ count: 1, name: "tare-off" });
  expect(off.files["memory.current"]).toBeNull();

  // Near misses: in swap but far from its limit, bursts against a low quota, five of eight processes.
  expect(numberOf(swapped, "memory.swap.current")).toBeGreaterThan(0.02 * numberOf(swapped, "memory.max"));
  const quiet = ["swapped", "burst", "half"].map((name) => `lxc:tare-${name}`);
  const loud = told.filter(({ instance, severity }) => severity !== "note" && quiet.includes(instance ?? ""));
  expect(loud).toEqual([]);

  const opened = new Map<string, Set<number>>();
  for (const { id, openedAt } of told) opened.set(id, (opened.get(id) ?? new Set()).add(openedAt));
  expect([...opened].filter(([, times]) => times.size > 1).map(([id]) => id)).toEqual([]);
}

/** Without the memory controller nothing of memory is known, anywhere; what else there is, is. */
export function expectOff({ controllers, files, line, sample, findings }: Off): void {
  expect(controllers).not.toContain("memory");
  expect(controllers).toContain("cpu");
  expect(files["memory.current"]).toBeNull();
  const { memory, cpu, pids } = line;
  expect(memory).toEqual({
    ...{ gross: null, net: null, cache: null, tare: null, other: null, workingSet: null, peak: null },
    ...{ limit: null, configured: null, inUse: null },
  });
  expect(cpu.cores).not.toBeNull();
  expect(pids.now).toBe(numberOf(files, "pids.current"));
  expect(sample).toMatchObject({
    ...{ killable: null, swap: null, swapLimit: null, memoryLimit: null, oomKills: null, limitHits: null },
    ...{ refaults: null, highHits: null, memoryHigh: null },
  });
  const [finding] = findings.filter(({ rule }) => rule === "controller-off");
  expect(finding).toMatchObject({ severity: "note", facts: { count: 1, limited: 0, name: "tare-off" } });
  // No limit of memory can be missing where none could be set, and nothing is full of what is not counted.
  expect(findings.filter(({ rule }) => rule.startsWith("memory-") || rule === "swap-full")).toEqual([]);
}
