import { expect, test } from "vitest";
import { DeadlineError } from "../../../../electron/engines/docker-api/deadline.ts";
import { StatusError } from "../../../../electron/engines/docker-api/failure.ts";
import { EngineFailure } from "../../../../electron/engines/engine.ts";
import { labFailureOf } from "../../../../electron/lab/docker-failure.ts";

const system = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

test.each([
  [new StatusError(404, "HTTP 404: No such image: web:1"), "no-image", "web:1", "No such image: web:1"],
  [new StatusError(500, "HTTP 500: boom"), "failed", "web:1", "boom"],
  [
    new StatusError(500, "HTTP 500: write /x: no space left on device"),
    "no-room",
    "web:1",
    "write /x: no space left on device",
  ],
  [system("ECONNREFUSED"), "no-docker", "/run/docker.sock", "connect ECONNREFUSED"],
  [system("EACCES"), "no-docker", "/run/docker.sock", "connect EACCES"],
  [
    new DeadlineError("no answer within 8000 ms"),
    "no-docker",
    "/run/docker.sock",
    "no answer within 8000 ms",
  ],
  [new EngineFailure("unsafe", "tcp://far:2375"), "no-docker", "tcp://far:2375", "unsafe: tcp://far:2375"],
  [new TypeError("x"), "failed", "web:1", "x"],
])("%o", (error, code, where, cause) => {
  expect(labFailureOf(error, "/run/docker.sock", "web:1", { 404: "no-image" }).trouble).toEqual({
    code,
    where,
    cause,
    output: [],
  });
});
