import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { kindOf, parseEvent } from "../../../../../electron/engines/docker-api/events.ts";
import { fuzzRuns } from "../../../../fuzz-runs.ts";

const id = "3f".repeat(32);
const line = (change: object) =>
  JSON.stringify({
    Type: "container",
    Action: "start",
    Actor: { ID: id, Attributes: { image: "nginx:1", name: "web" } },
    time: 1_795_500_309,
    ...change,
  }).replace(/}$/, ',"timeNano":1795500309123456789}');

test("a start", () => {
  expect(parseEvent(line({}), 0)).toEqual({
    id,
    action: "start",
    tail: null,
    at: 1_795_500_309_123,
    stamp: 1795500309123456800, // the last digits do not fit into a number
    exitCode: null,
    name: "web",
    oldName: null,
  });
});

test.each([
  ["health_status: healthy", "health_status", "healthy"],
  ["exec_start: sh -c 'a: b'", "exec_start", "sh -c 'a"],
  ["exec_die", "exec_die", null],
] as const)("%s is %s with the tail %s", (Action, action, tail) => {
  expect(parseEvent(line({ Action }), 0)).toMatchObject({ action, tail });
});

test.each([
  ["die with a code", { Action: "die", Actor: { ID: id, Attributes: { exitCode: "137" } } }, "died", "137"],
  ["die with 0", { Action: "die", Actor: { ID: id, Attributes: { exitCode: "0" } } }, "stopped", "0"],
  [
    "Podman's die",
    { Action: "died", Actor: { ID: id, Attributes: { containerExitCode: "1" } } },
    "died",
    "1",
  ],
  ["oom", { Action: "oom" }, "oom-kill", null],
  ["pause", { Action: "pause" }, "paused", null],
  ["unpause", { Action: "unpause" }, "resumed", null],
  ["restart", { Action: "restart" }, "restarted", null],
  ["create is no event of the rail", { Action: "create" }, null, null],
] as const)("%s", (_, change, kind, exitCode) => {
  const event = parseEvent(line(change), 0);
  expect(event?.exitCode).toBe(exitCode);
  expect(event && kindOf(event)).toBe(kind);
});

test("a rename tells both names", () => {
  const Actor = { ID: id, Attributes: { name: "web2", oldName: "/web" } };
  expect(parseEvent(line({ Action: "rename", Actor }), 0)).toMatchObject({ name: "web2", oldName: "web" });
});

test("labels of the wrong type cost the attributes, not the event", () => {
  const Actor = { ID: id, Attributes: { name: 7 } };
  expect(parseEvent(line({ Actor }), 0)).toMatchObject({ action: "start", name: null });
});

test("without any time it is now", () => {
  expect(parseEvent(JSON.stringify({ Action: "start", Actor: { ID: id } }), 77)).toMatchObject({ at: 77 });
});

test.each([
  ["not JSON", "{"],
  ["an id that is none", line({ Actor: { ID: "../x", Attributes: {} } })],
  ["an image's event", line({ Type: "image" })],
  ["no actor", JSON.stringify({ Action: "start" })],
])("%s is nothing", (_, text) => {
  expect(parseEvent(text, 0)).toBeNull();
});

test("Podman's system event is nothing", () => {
  const text = readFileSync(
    new URL("../../../../fixtures/podman/4.3.1/events.json", import.meta.url),
    "utf8",
  );
  expect(parseEvent(text, 0)).toBeNull();
});

test("any line gives an event or null", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      parseEvent(text, 0);
    }),
    fuzzRuns(10_000),
  );
});
