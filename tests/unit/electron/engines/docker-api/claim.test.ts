import { expect, test } from "vitest";
import { claimOf, ownPaths } from "../../../../../electron/engines/docker-api/claim.ts";
import type { Facts } from "../../../../../electron/engines/docker-api/inspect.ts";
import type { State } from "../../../../../shared/model/instance.ts";

const id = "3f".repeat(32);
const none = { unified: null, memory: null, cpu: null, cpuacct: null, pids: null, blkio: null };

test.each([
  ["its own", `/cg/docker/${id}`, `/cg/docker/${id}`],
  ["a systemd inside", `/cg/docker/${id}/init.scope`, `/cg/docker/${id}`],
  ["crun's child", `/cg/machine.slice/libpod-${id}.scope/container`, `/cg/machine.slice/libpod-${id}.scope`],
  ["nested: the innermost that carries it", `/cg/${id}/x/${id}/y`, `/cg/${id}/x/${id}`],
] as const)("path: %s", (_, path, own) => {
  expect(ownPaths({ ...none, memory: path, pids: "/cg/elsewhere" }, id)).toEqual({ ...none, memory: own });
});

test("a process whose cgroup carries no id has none of the container's", () => {
  expect(ownPaths({ ...none, memory: "/cg/user.slice" }, id)).toBeNull();
});

const facts = (change: Partial<Facts> = {}): Facts => ({
  id,
  name: "web",
  state: "running",
  group: null,
  image: "localhost/web:1",
  imageId: null,
  createdAt: null,
  startedAt: null,
  restarts: null,
  health: null,
  reported: { memory: null, cpu: null, pids: null },
  pid: 1,
  ...change,
});
const desktop = { engine: "docker", endpoint: "unix:///x.sock", local: true, native: false } as const;

test("a pid whose cgroup is not the container's is a pid in a VM: weighed by the API", () => {
  expect(claimOf(facts(), desktop, 7, true)).toMatchObject({
    id: `docker:${id}`,
    imageSize: 7,
    handle: { via: "api", engine: "docker", endpoint: "unix:///x.sock", key: id },
    pid: null,
  });
});

test.each(["stopped", "created", "dead", "restarting"] satisfies State[])("%s is not weighed", (state) => {
  expect(claimOf(facts({ state }), desktop, null, true).handle).toBeNull();
});

test("without details there is nothing to weigh it by", () => {
  expect(claimOf(facts(), desktop, null, false)).toMatchObject({ handle: null, detailed: false });
});

test.each([
  ["podman", "localhost/web:1", "web:1"],
  ["podman", "docker.io/library/nginx:1", "nginx:1"],
  ["podman", "docker.io/grafana/loki:3", "grafana/loki:3"],
  ["podman", "quay.io/x/y:1", "quay.io/x/y:1"],
  ["docker", "localhost/web:1", "localhost/web:1"],
] as const)("%s shows the image %s as %s", (engine, image, shown) => {
  expect(claimOf(facts({ image }), { ...desktop, engine }, null, true).image).toBe(shown);
});
