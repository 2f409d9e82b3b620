import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  parseImageSize,
  parseInfo,
  parseInspect,
  parseList,
  parseMoment,
} from "../../../../../electron/engines/docker-api/inspect.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const id = "3f".repeat(32);
const podman = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../../fixtures/podman/4.3.1/${name}.json`, import.meta.url), "utf8"),
  );
const inspect = (change: object = {}) => ({
  Id: id,
  Name: "/web",
  Image: "sha256:ab",
  Created: "2026-11-24T06:04:09.890025329Z",
  RestartCount: 2,
  State: { Status: "running", Running: true, Pid: 42, StartedAt: "2026-11-24T06:04:10.092526125Z" },
  HostConfig: { Memory: 0, NanoCpus: 0 },
  Config: { Image: "nginx:1.27", Labels: {}, Env: ["PASSWORD=hunter2"], Cmd: ["serve", "--key=hunter2"] },
  Path: "serve",
  Args: ["--key=hunter2"],
  ...change,
});
const facts = (change?: object) => parseInspect(inspect(change));

test("a running container", () => {
  expect(facts()).toEqual({
    id,
    name: "web",
    state: "running",
    group: null,
    image: "nginx:1.27",
    imageId: "sha256:ab",
    createdAt: 1795500249890, // 2026-11-24T06:04:09.890Z, nine digits cut to three
    startedAt: 1795500250092,
    restarts: 2,
    health: null,
    reported: { memory: null, cpu: null, pids: null },
    pid: 42,
  });
});

test("environment, command and arguments stay at the border", () => {
  expect(JSON.stringify(facts())).not.toContain("hunter2");
});

test.each([
  ["0 is none", { Memory: 0 }, null],
  ["-1 is none", { Memory: -1 }, null],
  ["null is none", { Memory: null }, null],
  ["absent is none", {}, null],
  ["v1's largest page count is none", { Memory: Number("9223372036854771712") }, null],
  ["2^63 is none", { Memory: 2 ** 63 }, null],
  ["text is unknown", { Memory: "64m" }, null],
  ["64 MiB", { Memory: 67_108_864 }, 67_108_864],
] as const)("memory: %s", (_, HostConfig, memory) => {
  expect(facts({ HostConfig })?.reported.memory).toBe(memory);
});

test.each([
  ["nothing", {}, null],
  ["NanoCpus", { NanoCpus: 500_000_000 }, 0.5], // 5e8 / 1e9
  ["NanoCpus before quota", { NanoCpus: 1_500_000_000, CpuQuota: 20_000 }, 1.5],
  ["quota and period", { CpuQuota: 25_000, CpuPeriod: 50_000 }, 0.5],
  ["a period of 0 is 100 ms", { CpuQuota: 25_000, CpuPeriod: 0 }, 0.25],
  ["a quota of -1 is none", { CpuQuota: -1, CpuPeriod: 100_000 }, null],
  ["pinned to four CPUs", { CpusetCpus: "0-2,5" }, 4],
  ["pinned to fewer than the quota", { NanoCpus: 2_000_000_000, CpusetCpus: "3" }, 1],
  ["pinned to more than the quota", { NanoCpus: 500_000_000, CpusetCpus: "0-7" }, 0.5],
  ["a list that is none", { CpusetCpus: "all" }, null],
  ["a backward list", { CpusetCpus: "5-2" }, null],
] as const)("cores: %s", (_, HostConfig, cpu) => {
  expect(facts({ HostConfig })?.reported.cpu).toBe(cpu);
});

test.each([
  [null, null],
  [0, null],
  [-1, null],
  [100, 100],
] as const)("pids limit %s is %s", (PidsLimit, pids) => {
  expect(facts({ HostConfig: { PidsLimit } })?.reported.pids).toBe(pids);
});

test.each([
  [{ Status: "created" }, "created"],
  [{ Status: "running", Running: true }, "running"],
  [{ Status: "paused", Running: true, Paused: true }, "paused"],
  [{ Status: "restarting", Running: true, Restarting: true }, "restarting"],
  [{ Status: "removing" }, "stopping"],
  [{ Status: "exited" }, "stopped"],
  [{ Status: "dead", Dead: true }, "dead"],
  [{ Status: "configured" }, "created"],
  [{ Status: "initialized" }, "created"],
  [{ Status: "stopping" }, "stopping"],
  [{ Status: "stopped" }, "stopped"],
  [{ Running: true, Paused: true }, "paused"],
  [{ Running: true }, "running"],
  [{}, "unknown"],
] as const)("state of %j is %s", (State, state) => {
  expect(facts({ State })?.state).toBe(state);
});

test.each([
  ["0001-01-01T00:00:00Z", null],
  ["", null],
  [null, null],
  ["yesterday", null],
  ["2026-11-24T06:04:10.092526125Z", 1795500250092],
  ["2026-11-24T15:04:10.092526125+09:00", 1795500250092],
  ["2026-11-24T06:04:10Z", 1795500250000],
] as const)("the moment %s is %s", (told, at) => {
  expect(parseMoment(told)).toBe(at);
});

test.each([
  [{ "com.docker.compose.project": "shop", "com.docker.stack.namespace": "x" }, "shop"],
  [{ "io.podman.compose.project": "shop" }, "shop"],
  [{ "com.docker.stack.namespace": "stack" }, "stack"],
  [{ "io.kubernetes.pod.name": "web-1", "io.kubernetes.pod.namespace": "prod" }, "prod/web-1"],
  [{ "io.kubernetes.pod.name": "web-1" }, "web-1"],
  [{ "com.docker.compose.project": "" }, null],
  [null, null],
  [{ a: 7 }, null],
] as const)("group of %j is %s", (Labels, group) => {
  expect(facts({ Config: { Labels } })?.group).toBe(group);
});

test("a label that is called __proto__ is a label", () => {
  const Labels = JSON.parse('{"__proto__":"x","com.docker.compose.project":"shop"}');
  expect(facts({ Config: { Labels } })?.group).toBe("shop");
});

test("Podman writes an empty health where there is none", () => {
  expect(facts({ State: { Status: "running", Health: { Status: "" } } })?.health).toBeNull();
  expect(facts({ State: { Status: "running", Health: { Status: "none" } } })?.health).toBeNull();
  expect(facts({ State: { Status: "running", Health: { Status: "unhealthy" } } })?.health).toBe("unhealthy");
});

test("Podman's own answers", () => {
  const [second] = parseList(podman("containers")) ?? [];
  expect(second).toMatchObject({ name: "lab-pd2", state: "running", image: "localhost/lab-busybox:1" });
  expect(parseInspect(podman("inspect"))).toMatchObject({
    name: "lab-pd1",
    state: "running",
    health: null,
    startedAt: 1795500250092,
    reported: { memory: 67_108_864, cpu: 0.5, pids: 50 },
    pid: 7682,
  });
  expect(parseInfo(podman("info"))?.version).toBe("4.3.1");
});

test("a list: links, names on their way out, entries that are none", () => {
  const entry = (change: object) => ({ Id: id, State: "exited", Created: 1_795_500_000, ...change });
  const list = parseList([
    entry({ Names: ["/a/b", "/web"], Status: "Up 3 hours (unhealthy)" }),
    entry({ Names: [] }),
    entry({ Id: "../../info" }),
    "nonsense",
  ]);
  expect(list?.map(({ name }) => name)).toEqual(["web", id.slice(0, 12)]);
  expect(list?.[0]).toMatchObject({ state: "stopped", health: "unhealthy", createdAt: 1_795_500_000_000 });
});

test.each([[{}], ["<html>"], [null], [[1, 2]]])("%j is no list", (json) => {
  expect(parseList(json)).toBeNull();
});

test("an empty list is one", () => {
  expect(parseList([])).toEqual([]);
});

test.each([
  [{ Size: 1_984_158 }, 1_984_158],
  [{ Size: 0 }, null],
  [{ Size: -1 }, null],
  [{}, null],
  [null, null],
] as const)("image size of %j is %s", (json, size) => {
  expect(parseImageSize(json)).toBe(size);
});

test("a list longer than any daemon's is none", () => {
  const entry = { Id: id, Names: ["/a"] };
  expect(parseList(Array(20_000).fill(entry))).toHaveLength(20_000);
  expect(parseList(Array(20_001).fill(entry))).toBeNull();
});

test("whatever an engine answers, a parser gives facts or null", () => {
  const answer = fc.oneof(
    fc.json().map((text) => JSON.parse(text)),
    fc.record({
      Id: fc.constant(id),
      State: fc.anything(),
      HostConfig: fc.anything(),
      Config: fc.anything(),
    }),
  );
  fc.assert(
    fc.property(answer, (json) => {
      const one = parseInspect(json);
      for (const value of Object.values(one?.reported ?? {}))
        expect(value === null || (Number.isFinite(value) && value > 0)).toBe(true);
      parseList(json);
      parseList([json]);
      parseInfo(json);
      parseImageSize(json);
    }),
    fuzzRuns(2_000),
  );
});
