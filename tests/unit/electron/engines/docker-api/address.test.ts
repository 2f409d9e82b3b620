import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { addressOf, shown } from "../../../../../electron/engines/docker-api/address.ts";
import type { Place } from "../../../../../electron/engines/docker-api/places.ts";

const place = (where: string, change: Partial<Place> = {}): Place => ({
  where,
  setting: "DOCKER_HOST",
  certificates: null,
  unchecked: false,
  ...change,
});
function certificates(): string {
  const folder = mkdtempSync(join(tmpdir(), "tare-docker-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["ca", "cert", "key"]) writeFileSync(join(folder, `${name}.pem`), name);
  return folder;
}

test.each([
  ["unix:///var/run/docker.sock", { via: "socket", path: "/var/run/docker.sock" }],
  ["npipe:////./pipe/docker_engine", { via: "socket", path: "//./pipe/docker_engine" }],
  ["tcp://127.0.0.1:2375", { via: "tcp", host: "127.0.0.1", port: 2375, tls: null }],
  ["tcp://localhost", { via: "tcp", host: "localhost", port: 2375, tls: null }],
  ["tcp://[::1]:99", { via: "tcp", host: "::1", port: 99, tls: null }],
  ["ssh://me@far", { via: "ssh", destination: "me@far", port: null }],
  ["ssh://far:2222", { via: "ssh", destination: "far", port: "2222" }],
])("%s", (where, address) => {
  expect(addressOf(place(where))).toEqual(address);
});

test("TLS reads what is there", () => {
  expect(addressOf(place("tcp://far:2376", { certificates: certificates() }))).toMatchObject({
    tls: { ca: Buffer.from("ca"), cert: Buffer.from("cert"), key: Buffer.from("key") },
  });
});

test.each([
  ["plain TCP to another machine", "tcp://192.168.65.7:2375", {}],
  ["by a name that only looks like loopback", "tcp://127.0.0.1.evil.com:2375", {}],
  ["by 0.0.0.0", "tcp://0.0.0.0:2375", {}],
])("unsafe: %s", (_, where, change) => {
  expect(() => addressOf(place(where, change))).toThrow(expect.objectContaining({ code: "unsafe" }));
});

test("unsafe: a certificate that is not to be checked", () => {
  const unchecked = place("tcp://far:2376", { certificates: certificates(), unchecked: true });
  expect(() => addressOf(unchecked)).toThrow(expect.objectContaining({ code: "unsafe" }));
});

test.each([
  "context:gone",
  "far",
  "tcp://",
  "ftp://far",
  "tcp://far:port",
  "ssh://-oProxyCommand=x",
  "ssh://-l@far",
  "unix://",
])("misconfigured: %s", (where) => {
  expect(() => addressOf(place(where))).toThrow(
    expect.objectContaining({ code: "misconfigured", where: expect.stringContaining("DOCKER_HOST=") }),
  );
});

test("misconfigured: a folder without certificates", () => {
  expect(() => addressOf(place("tcp://far:2376", { certificates: "/nowhere" }))).toThrow(
    expect.objectContaining({ code: "misconfigured" }),
  );
});

test("a socket is shown by its path, a setting by its name", () => {
  expect(shown(place("unix:///run/x.sock", { setting: null }))).toBe("/run/x.sock");
  expect(shown(place("tcp://far:1"))).toBe("DOCKER_HOST=tcp://far:1");
});
