import { expect, test } from "vitest";
import { owners } from "../../../../electron/live/owners.ts";
import { cgroupMounts } from "../../../../electron/machine/cgroup-paths.ts";
import type { CgroupPaths, Handle } from "../../../../shared/model/instance.ts";
import { madeInstance } from "../../../fixtures/made.ts";

const mounts = cgroupMounts();
const memoryMount = mounts?.controllers.get("memory");
const root = memoryMount ?? mounts?.unified ?? "/sys/fs/cgroup";
const pathsOf = (path: string): CgroupPaths => ({
  ...{ unified: null, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null },
  ...(memoryMount === undefined ? { unified: root + path } : { memory: root + path }),
});
const hex = "ab".repeat(32);
const came = (...ids: readonly string[]) => ids.map((id, slot) => madeInstance({ id, slot }));
const kill = (cgroup: string, pid = 1) => ({ cgroup, pid, name: "x" });

test("the instance whose cgroup it is, or that it is below; the nearest", () => {
  const handles = new Map<string, Handle>([
    ["docker:a", { via: "cgroup", paths: pathsOf("/docker/a"), pid: 5, container: "a" }],
    ["lxc:b", { via: "cgroup", paths: pathsOf("/docker/a/b"), pid: 6, container: "b" }],
    ["qemu:77", { via: "process", pid: 77, ticks: 1, paths: null }],
  ]);
  const homes = owners((id) => handles.get(id) ?? null);
  homes.hear(came(...handles.keys()), [], 0);
  expect(homes.of(kill("/docker/a"))).toBe("docker:a");
  expect(homes.of(kill("/docker/a/init.scope"))).toBe("docker:a");
  expect(homes.of(kill("/docker/a/b/c"))).toBe("lxc:b");
  expect(homes.of(kill("/docker/ab"))).toBeNull();
  expect(homes.of(kill("/user.slice", 77))).toBe("qemu:77");
});

test("one that ended before it was looked at is known by the id in the path; of who is gone a minute is remembered", () => {
  const handles = new Map<string, Handle>();
  const homes = owners((id) => handles.get(id) ?? null);
  homes.hear(came(`docker:${hex}`), [], 0);
  expect(homes.of(kill(`/system.slice/docker-${hex}.scope`))).toBe(`docker:${hex}`);
  homes.hear([], [`docker:${hex}`], 1_000);
  expect(homes.of(kill(`/docker/${hex}`))).toBe(`docker:${hex}`);
  homes.hear([], [], 62_000);
  expect(homes.of(kill(`/docker/${hex}`))).toBeNull();
});
