import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  dockerPlaces,
  placeOf,
  podmanPlaces,
  type Surroundings,
} from "../../../../../electron/engines/docker-api/places.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "tare-docker-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const around = (change: Partial<Surroundings> = {}): Surroundings => ({
  environment: {},
  home,
  platform: "linux",
  uid: 1000,
  root: "/",
  ...change,
});
const wheres = (surroundings: Surroundings) => dockerPlaces(surroundings).map(({ where }) => where);

function writeContext(name: string, meta: unknown, tls = false) {
  const key = createHash("sha256").update(name).digest("hex");
  const folder = join(home, ".docker/contexts/meta", key);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "meta.json"), typeof meta === "string" ? meta : JSON.stringify(meta));
  const material = join(home, ".docker/contexts/tls", key, "docker");
  if (tls) mkdirSync(material, { recursive: true });
  return material;
}
const useContext = (currentContext: string) => {
  mkdirSync(join(home, ".docker"), { recursive: true });
  writeFileSync(join(home, ".docker/config.json"), JSON.stringify({ auths: {}, currentContext }));
};

test("the usual sockets of a user, the system's first", () => {
  mkdirSync(join(home, ".colima/default"), { recursive: true });
  mkdirSync(join(home, ".lima/docker"), { recursive: true });
  expect(wheres(around())).toEqual([
    "unix:///var/run/docker.sock",
    "unix:///run/user/1000/docker.sock",
    `unix://${home}/.docker/run/docker.sock`,
    `unix://${home}/.docker/desktop/docker.sock`,
    `unix://${home}/.orbstack/run/docker.sock`,
    `unix://${home}/.colima/default/docker.sock`,
    `unix://${home}/.lima/docker/sock/docker.sock`,
  ]);
});

test("root sees every user's rootless daemon", () => {
  mkdirSync(join(home, "run/user/1000"), { recursive: true });
  mkdirSync(join(home, "run/user/1001"), { recursive: true });
  const root = around({ uid: 0, root: home });
  expect(wheres(root)).toContain(`unix://${home}/run/user/1001/docker.sock`);
  expect(podmanPlaces(root).map(({ where }) => where)).toEqual([
    `unix://${home}/run/podman/podman.sock`,
    `unix://${home}/run/user/1000/podman/podman.sock`,
    `unix://${home}/run/user/1001/podman/podman.sock`,
    `unix://${home}/.local/share/containers/podman/machine/podman.sock`,
  ]);
});

test("XDG_RUNTIME_DIR says where a user's own is", () => {
  expect(wheres(around({ environment: { XDG_RUNTIME_DIR: "/my/run" } }))).toContain(
    "unix:///my/run/docker.sock",
  );
});

test("Windows has pipes", () => {
  expect(wheres(around({ platform: "win32" }))[0]).toBe("npipe:////./pipe/docker_engine");
});

test.each([
  ["a socket", { DOCKER_HOST: "unix:///x.sock" }, { where: "unix:///x.sock", certificates: null }],
  ["a host without scheme", { DOCKER_HOST: "far:2375" }, { where: "tcp://far:2375", certificates: null }],
  [
    "TLS, checked",
    { DOCKER_HOST: "tcp://far:2376", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/certs" },
    { certificates: "/certs", unchecked: false },
  ],
  [
    "TLS by its port",
    { DOCKER_HOST: "tcp://far:2376", DOCKER_CERT_PATH: "/c" },
    { certificates: "/c", unchecked: false },
  ],
  [
    "TLS, not to be checked",
    { DOCKER_HOST: "tcp://far:9999", DOCKER_TLS: "1", DOCKER_CERT_PATH: "/c" },
    { certificates: "/c", unchecked: true },
  ],
])("DOCKER_HOST alone counts: %s", (_, environment, place) => {
  const places = dockerPlaces(around({ environment }));
  expect(places).toHaveLength(1);
  expect(places[0]).toMatchObject({ setting: "DOCKER_HOST", ...place });
});

test("the current context comes first, with its certificates", () => {
  useContext("far");
  const material = writeContext("far", { Endpoints: { docker: { Host: "tcp://far:2376" } } }, true);
  const [first, second] = dockerPlaces(around());
  expect(first).toEqual({
    where: "tcp://far:2376",
    setting: "docker context far",
    certificates: material,
    unchecked: false,
  });
  expect(second?.where).toBe("unix:///var/run/docker.sock");
  expect(placeOf("tcp://far:2376", around())).toEqual(first);
});

test("DOCKER_CONTEXT is stronger than the file; the default context is no context", () => {
  useContext("far");
  writeContext("near", { Endpoints: { docker: { Host: "ssh://me@near", SkipTLSVerify: true } } });
  expect(dockerPlaces(around({ environment: { DOCKER_CONTEXT: "near" } }))[0]).toMatchObject({
    where: "ssh://me@near",
    unchecked: true,
  });
  expect(wheres(around({ environment: { DOCKER_CONTEXT: "default" } }))[0]).toBe(
    "unix:///var/run/docker.sock",
  );
});

test("a context whose socket is a usual one is looked at once", () => {
  useContext("desktop");
  writeContext("desktop", { Endpoints: { docker: { Host: "unix:///var/run/docker.sock" } } });
  expect(wheres(around()).filter((where) => where === "unix:///var/run/docker.sock")).toHaveLength(1);
});

test.each([
  ["missing", null],
  ["cut", '{"Endpoints":{"doc'],
  ["without a host", { Endpoints: {} }],
])("a context that is %s stays named, so that it can be put right", (_, meta) => {
  useContext("odd");
  if (meta !== null) writeContext("odd", meta);
  expect(dockerPlaces(around())[0]).toMatchObject({ where: "context:odd", setting: "docker context odd" });
});

test("CONTAINER_HOST is Podman's DOCKER_HOST", () => {
  expect(podmanPlaces(around({ environment: { CONTAINER_HOST: "unix:///p.sock" } }))).toMatchObject([
    { where: "unix:///p.sock", setting: "CONTAINER_HOST" },
  ]);
});
