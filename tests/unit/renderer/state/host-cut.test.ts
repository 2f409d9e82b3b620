import { expect, test } from "vitest";
import { hostCut } from "../../../../renderer/state/host-cut.ts";
import type { HostFacts, HostSample } from "../../../../shared/model/host.ts";
import { weighed } from "../weighed.ts";

const facts: HostFacts = {
  name: "h",
  os: "",
  kernel: "",
  cpu: "",
  threads: 4,
  memory: 1000,
  cgroup: "v2",
  controllers: ["memory", "cpu", "pids", "io"],
};
const unknown = { cores: null, available: null, read: null, written: null, received: null, sent: null };
const host: HostSample = { ...unknown, free: 300, cache: 200 };
const cut = (list: readonly ReturnType<typeof weighed>[], of: HostSample = host) =>
  hostCut(
    facts,
    of,
    list.map(({ instance }) => instance),
    (id) => list.find((one) => one.instance.id === id)?.sample ?? null,
  );

test("parts add up to the host; a container's cache is taken out of the host's", () => {
  const container = weighed("c", { gross: 100, cache: 50 });
  const vm = weighed("v", { gross: 250 }, { kind: "vm", engine: "qemu" });
  expect(cut([container, vm])).toEqual({
    total: 1000,
    vms: 250,
    containers: 100,
    processes: 200, // 1000 - 300 free - 150 cache - 350 boxed
    cache: 150, // 200 - 50
    free: 300,
  });
});

test("services are processes of the host, not containers", () => {
  const service = weighed("s", { gross: 100 }, { engine: "cgroup" });
  expect(cut([service])).toMatchObject({ containers: 0, processes: 500 });
});

test("figures of two moments that don't fit leave nothing negative and still add up", () => {
  const heavy = weighed("v", { gross: 900 }, { kind: "vm" });
  const { total, vms, containers, processes, cache, free } = cut([heavy]) ?? expect.fail("unknown");
  expect([processes, free].every((part) => part >= 0)).toBe(true);
  expect(vms + containers + processes + cache + free).toBeGreaterThanOrEqual(total);
});

test("unknown while the host is unknown", () => {
  expect(cut([], { ...host, free: null })).toBeNull();
  expect(hostCut(null, host, [], () => null)).toBeNull();
});
