import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTold } from "../../../../../electron/engines/qemu/qmp.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const MiB = 2 ** 20;
const now = 1_795_500_309_000;
const seconds = 1_795_500_309;
const nothing = { status: null, kvm: null, memory: null, balloon: null, stats: null };
const unknown = { state: null, kvm: null, memory: null, allowed: null, inUse: null };
const stats = (total: number, available: number, free: number, updated = seconds) => ({
  "last-update": updated,
  stats: { "stat-total-memory": total, "stat-available-memory": available, "stat-free-memory": free },
});
/** -1 as QEMU writes it. */
const unsupported = Number("18446744073709551615");

test.each([
  ["nothing is known", {}, {}],
  ["running", { status: { status: "running" } }, { state: "running" }],
  ["waits for its start", { status: { status: "prelaunch" } }, { state: "created" }],
  ["a state of tomorrow", { status: { status: "dreaming" } }, { state: "unknown" }],
  ["KVM is off", { kvm: { enabled: false, present: true } }, { kvm: false }],
  ["older QEMU: nothing plugged", { memory: { "base-memory": 128 * MiB } }, { memory: 128 * MiB }],
  ["plugged on top", { memory: { "base-memory": MiB, "plugged-memory": MiB } }, { memory: 2 * MiB }],
  ["available before free", { stats: stats(100, 60, 20) }, { inUse: 40 }], //  100 - 60
  ["no available: free", { stats: stats(100, unsupported, 20) }, { inUse: 80 }], // 100 - 20
  ["neither", { stats: stats(100, unsupported, unsupported) }, {}],
  ["no total", { stats: stats(unsupported, 60, 20) }, {}],
  ["never told", { stats: stats(100, 60, 20, 0) }, {}],
  ["told two minutes ago", { stats: stats(100, 60, 20, seconds - 120) }, {}],
  ["impossible", { stats: stats(100, 160, 20) }, {}],
  ["of a wrong form", { status: "running", memory: [1], balloon: { actual: "1" }, stats: { stats: 3 } }, {}],
])("%s", (_, answers, told) => {
  expect(parseTold({ ...nothing, ...answers }, now)).toEqual({ ...unknown, ...told });
});

test("no answers make it throw or give NaN", () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), fc.anything(), (one, two, three) => {
      const told = parseTold({ status: one, kvm: two, memory: three, balloon: one, stats: two }, now);
      return Object.values(told).every((value) => !Number.isNaN(value));
    }),
    fuzzRuns(2_000),
  );
});
