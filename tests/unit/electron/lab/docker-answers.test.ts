import { expect, test } from "vitest";
import {
  leastPort,
  parseExitCode,
  parseFacts,
  parseImage,
  parseImported,
  parseTags,
} from "../../../../electron/lab/docker-answers.ts";

test.each([
  [["80/tcp"], 80],
  [["8443/tcp", "443/tcp", "53/udp"], 443],
  [["53/udp"], null],
  [["443"], 443],
  [["0/tcp", "70000/tcp", "x/tcp"], null],
  [[], null],
])("the least TCP port of %j", (exposed, port) => expect(leastPort(exposed)).toBe(port));

test("who it is: Docker before 20.10 knew only v1, Podman is told by its name", () => {
  const told = { ServerVersion: "29.0.1", Driver: "overlay2", CgroupDriver: "systemd", CgroupVersion: "2" };
  expect(parseFacts(told, "docker")).toEqual({
    version: "29.0.1",
    storage: "overlay2",
    cgroup: "v2 systemd",
  });
  expect(
    parseFacts({ ServerVersion: "18.09.1", Driver: "aufs", CgroupDriver: "cgroupfs" }, "docker").cgroup,
  ).toBe("v1 cgroupfs");
  expect(parseFacts(told, "podman").version).toBe("Podman 29.0.1");
});

test("tags of images; layers have none", () => {
  const told = [
    { Id: "sha256:1", RepoTags: ["web:1", "web:latest"] },
    { Id: "sha256:2", RepoTags: ["<none>:<none>"] },
    { Id: "sha256:3", RepoTags: null },
  ];
  expect(parseTags(told)).toEqual([
    { name: "web:1", id: "sha256:1" },
    { name: "web:latest", id: "sha256:1" },
  ]);
});

test("an image with ports and a check; one without a configuration", () => {
  const Config = { ExposedPorts: { "80/tcp": {} }, Healthcheck: { Test: ["CMD", "true"] } };
  expect(parseImage({ Size: 5, Config })).toEqual({ bytes: 5, port: 80, health: true });
  expect(parseImage({ Size: 5, Config: { Healthcheck: { Test: ["NONE"] } } })).toMatchObject({
    health: false,
  });
  expect(parseImage({ Size: 5, Config: null })).toEqual({ bytes: 5, port: null, health: false });
  expect(parseImage({ message: "no" })).toBeNull();
});

const id = `sha256:${"12".repeat(32)}`;
test.each([
  [`{"status":"${id}"}\r\n`, { id }],
  [`{"status":"Importing","progressDetail":{}}\n{"status":"${id}"}\n`, { id }],
  [`{"status":"${id.slice(7)}"}`, { id }], // Podman's
  ['{"errorDetail":{"message":"no space left"},"error":"no space left"}', { error: "no space left" }],
  ["", { error: "it names no image" }],
])("an import's answer %#", (text, expected) => expect(parseImported(text)).toEqual(expected));

test("a command that still runs has no exit code, whatever stands there", () => {
  expect(parseExitCode({ Running: true, ExitCode: 0 })).toBeNull();
  expect(parseExitCode({ Running: false, ExitCode: 3 })).toBe(3);
  expect(parseExitCode({ Running: false, ExitCode: null })).toBeNull();
});
