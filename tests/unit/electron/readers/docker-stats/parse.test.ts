import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseStats } from "../../../../../electron/readers/docker-stats/parse.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const podman = JSON.parse(
  readFileSync(new URL("../../../../fixtures/podman/4.3.1/stats-oneshot.json", import.meta.url), "utf8"),
);
const read = "2026-11-24T05:10:11.123456789Z";
/** cgroup v1 as Docker 20.10 answers. */
const v1 = {
  read,
  pids_stats: { current: 3, limit: 100 },
  blkio_stats: {
    io_service_bytes_recursive: [
      { major: 254, minor: 0, op: "Read", value: 4_096 },
      { major: 254, minor: 0, op: "Write", value: 100 },
      { major: 254, minor: 0, op: "Sync", value: 4_096 },
      { major: 254, minor: 0, op: "Total", value: 4_196 },
      { major: 8, minor: 0, op: "Read", value: 4 },
    ],
  },
  cpu_stats: {
    cpu_usage: { total_usage: 41_234_567, percpu_usage: [21_234_567, 20_000_000] },
    throttling_data: { periods: 10, throttled_periods: 4, throttled_time: 5_000_000 },
  },
  memory_stats: {
    usage: 5_242_880,
    max_usage: 6_291_456,
    failcnt: 7,
    limit: 268_435_456,
    stats: {
      rss: 1,
      total_rss: 1_081_344,
      total_cache: 300_000,
      total_shmem: 100_000,
      total_active_file: 50_000,
      total_inactive_file: 150_000,
      total_mapped_file: 20_000,
      total_swap: 0,
      hierarchical_memory_limit: 268_435_456,
    },
  },
  networks: { eth0: { rx_bytes: 796, tx_bytes: 5 }, eth1: { rx_bytes: 4, tx_bytes: 1 } },
};
const reading = (json: unknown, engine: "docker" | "podman" = "docker") => parseStats(json, engine)?.reading;

test("cgroup v1: the totals, and only Read and Write of the disks", () => {
  expect(parseStats(v1, "docker")).toEqual({
    read: { seconds: 1_795_497_011, nanos: 123_456_789 },
    reading: {
      cpu: { used: 41_234_567, periods: 10, throttledPeriods: 4, throttledTime: 5_000_000 },
      memory: {
        charged: 5_242_880,
        anon: 1_081_344,
        file: 300_000,
        shmem: 100_000,
        activeFile: 50_000,
        inactiveFile: 150_000,
        mappedFile: 20_000,
        kernel: null,
        slabReclaimable: null,
        swap: 0,
        peak: 6_291_456,
        refaults: null,
      },
      resident: null,
      guest: null,
      helpers: null,
      pids: 3,
      io: { read: 4_100, written: 100 }, // 4,096 + 4
      network: { received: 800, sent: 6 },
      pressure: null,
      oomKills: null,
      limitHits: 7,
      highHits: null,
      pidsHits: null,
      limits: null,
    },
  });
});

test("cgroup v2: its own keys; kernel memory is the sum of the parts that are told", () => {
  const stats = { anon: 10, file: 20, shmem: 5, active_file: 6, inactive_file: 9, file_mapped: 3 };
  const v2 = {
    ...v1,
    blkio_stats: {
      io_service_bytes_recursive: [
        { op: "read", value: 7 },
        { op: "write", value: 8 },
      ],
    },
    memory_stats: {
      usage: 100,
      failcnt: 1,
      stats: { ...stats, slab: 4, slab_reclaimable: 1, kernel_stack: 2, sock: 1 },
    },
  };
  expect(reading(v2)).toMatchObject({
    memory: {
      charged: 100,
      anon: 10,
      file: 20,
      shmem: 5,
      activeFile: 6,
      inactiveFile: 9,
      mappedFile: 3,
      kernel: 7, // slab 4 + kernel_stack 2 + sock 1
      slabReclaimable: 1,
      swap: null,
      peak: null,
    },
    io: { read: 7, written: 8 },
    limitHits: null, // v2's failcnt counts something else
  });
});

test("Podman: no memory.stat, throttling that nobody looked up, its one network", () => {
  expect(reading(podman, "podman")).toMatchObject({
    cpu: { used: 37_277_311, periods: null, throttledPeriods: null, throttledTime: null },
    memory: { charged: 335_872, anon: null, file: null, kernel: null, peak: null },
    pids: 1,
    io: null,
    network: { received: 0, sent: 0 },
  });
});

test("Windows: 100 ns steps, the private working set, its own disk counters", () => {
  const windows = {
    read,
    num_procs: 12,
    cpu_stats: { cpu_usage: { total_usage: 5_000 } },
    memory_stats: { commitbytes: 9, commitpeakbytes: 10, privateworkingset: 1_000 },
    storage_stats: { read_size_bytes: 3, write_size_bytes: 4 },
  };
  expect(reading(windows)).toMatchObject({
    cpu: { used: 500_000, periods: null }, // 5,000 x 100 ns
    memory: { charged: 1_000, anon: null, peak: null },
    pids: 12,
    io: { read: 3, written: 4 },
    network: null,
  });
});

test("a stopped container answers zeros with the zero date: that is nothing, not 0", () => {
  const zeros = {
    read: "0001-01-01T00:00:00Z",
    pids_stats: {},
    memory_stats: {},
    cpu_stats: { cpu_usage: { total_usage: 0 }, throttling_data: { periods: 0 } },
  };
  expect(parseStats(zeros, "docker")).toBeNull();
});

test("what is missing or a lie is unknown", () => {
  expect(reading({ read })).toMatchObject({ cpu: null, memory: null, pids: null, io: null, network: null });
  expect(
    reading({
      read,
      pids_stats: { current: "many" },
      cpu_stats: { cpu_usage: { total_usage: -1 } },
      memory_stats: { usage: 2 ** 63 },
      blkio_stats: { io_service_bytes_recursive: null },
      networks: {},
    }),
  ).toMatchObject({ cpu: null, memory: null, pids: null, io: null, network: null });
});

test.each([[null], ["<html>"], [{}], [{ read: "soon" }], [{ read: 7 }]])("%j is no answer", (json) => {
  expect(parseStats(json, "docker")).toBeNull();
});

test("no answer makes a number that is not finite or below 0", () => {
  const leaf = fc.oneof(fc.double(), fc.string(), fc.constant(null));
  const answer = fc.record({
    read: fc.constant(read),
    cpu_stats: fc.record({ cpu_usage: fc.record({ total_usage: leaf }) }),
    memory_stats: fc.record({ usage: leaf, max_usage: leaf, stats: fc.dictionary(fc.string(), leaf) }),
    networks: fc.dictionary(fc.string(), fc.record({ rx_bytes: leaf, tx_bytes: leaf })),
    pids_stats: fc.anything(),
    blkio_stats: fc.anything(),
  });
  const sound = (value: unknown): boolean =>
    value === null ||
    (typeof value === "number"
      ? Number.isFinite(value) && value >= 0
      : Object.values(value as object).every(sound));
  fc.assert(
    fc.property(answer, (json) => sound(reading(json) ?? null)),
    fuzzRuns(5_000),
  );
});
