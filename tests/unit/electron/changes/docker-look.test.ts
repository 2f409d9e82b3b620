import { expect, test } from "vitest";
import {
  composeLabels,
  dockerUpdates,
  linesOf,
  parseInspected,
  podmanUpdate,
  settingOf,
} from "../../../../electron/changes/docker-look.ts";
import { settingFrom } from "../../../../shared/mends/setting.ts";

const inspected = (HostConfig: object, Labels: object = {}) => {
  const told = parseInspected({
    Id: "3".repeat(64),
    State: { StartedAt: "2026-11-24T06:04:09Z" },
    HostConfig,
    Config: { Labels },
  });
  if (told === null) throw new Error("not a container");
  return told;
};

test.each([
  [
    { Memory: 64, MemorySwap: 128 },
    { limit: 64, withSwap: 128 },
  ],
  [
    { Memory: 64, MemorySwap: -1 },
    { limit: 64, withSwap: null },
  ],
  [
    { Memory: 64, MemorySwap: 0 },
    { limit: 64, withSwap: 64 },
  ],
  [
    { Memory: 0, MemorySwap: 0 },
    { limit: null, withSwap: null },
  ],
  [
    { Memory: 2 ** 63 - 4_096, MemorySwap: -1 },
    { limit: null, withSwap: null },
  ],
  [{}, { limit: null, withSwap: null }],
])("memory of %j", (config, setting) =>
  expect(settingOf(inspected(config), "memory")).toEqual({ resource: "memory", ...setting }),
);

test.each([
  [
    { NanoCpus: 5e8, CpuQuota: 0 },
    { limit: 0.5, by: "cpus" },
  ],
  [
    { NanoCpus: 0, CpuQuota: 25_000, CpuPeriod: 50_000 },
    { limit: 0.5, by: "quota" },
  ],
  [
    { CpuQuota: 25_000, CpuPeriod: 0 },
    { limit: 0.25, by: "quota" },
  ],
  [
    { CpuQuota: -1, CpuPeriod: 100_000 },
    { limit: null, by: "quota" },
  ],
])("CPU of %j", (config, setting) =>
  expect(settingOf(inspected(config), "cpu")).toEqual({ resource: "cpu", ...setting }),
);

test("only what is asked for goes out, and no limit as each side takes it", () => {
  const none = { resource: "memory", limit: null, withSwap: null } as const;
  const boundless = 2 ** 63 - 4_096;
  expect(dockerUpdates(none, true, 64)).toEqual([{ Memory: boundless, MemorySwap: boundless }]);
  // v2: the difference of the two is what may be swapped, and only then is memory let go.
  expect(dockerUpdates(none, false, 64)).toEqual([
    { Memory: 64, MemorySwap: 2 ** 63 - 1_024 },
    { Memory: boundless },
  ]);
  expect(dockerUpdates(none, false, null)).toEqual([]);
  expect(dockerUpdates({ resource: "memory", limit: 64, withSwap: null }, true, 32)).toEqual([
    { Memory: 64, MemorySwap: -1 },
  ]);
  expect(dockerUpdates(settingFrom("cpu", 1.5), true, null)).toEqual([{ NanoCpus: 1_500_000_000 }]);
  expect(dockerUpdates({ resource: "cpu", limit: null, by: "quota" }, true, null)).toEqual([
    { CpuPeriod: 100_000, CpuQuota: -1 },
  ]);
  expect(dockerUpdates(settingFrom("pids", null), true, null)).toEqual([{ PidsLimit: -1 }]);
  expect(podmanUpdate(none)).toEqual({ memory: { limit: -1, swap: -1 } });
  expect(podmanUpdate(settingFrom("pids", 7))).toEqual({ pids: { limit: 7 } });
});

test("what compose left on it; without its file or its service, nothing", () => {
  const of = (labels: object) => composeLabels(inspected({}, labels));
  const labels = {
    "com.docker.compose.project.config_files": "/srv/a.yaml,/srv/b.yaml",
    "com.docker.compose.project.working_dir": "/srv",
    "com.docker.compose.service": "loki",
  };
  expect(of(labels)).toEqual({ files: "/srv/a.yaml,/srv/b.yaml", folder: "/srv", service: "loki" });
  expect(of({ "com.docker.compose.service": "loki" })).toBeNull();
  expect(of({})).toBeNull();
});

test.each([null, [], "x", {}, { Id: "../x", State: {}, HostConfig: {} }])("no container: %j", (json) =>
  expect(parseInspected(json)).toBeNull(),
);

test.each([
  [
    { resource: "memory", limit: 335_544_320, withSwap: null },
    ["Memory      335544320 (320 MiB)", "MemorySwap  -1"],
  ],
  [{ resource: "memory", limit: null, withSwap: null }, ["Memory      0", "MemorySwap  0"]],
  [settingFrom("cpu", 1.5), ["NanoCpus    1500000000"]],
  [settingFrom("pids", null), ["PidsLimit   0"]],
] as const)("in Docker's own words: %j", (setting, lines) => expect(linesOf(setting)).toEqual(lines));
