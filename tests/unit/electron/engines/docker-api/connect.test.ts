import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { docker } from "../../../../../electron/engines/docker/docker.ts";
import { podman } from "../../../../../electron/engines/podman/podman.ts";
import { containers, daemon, idOf, json } from "./stub.ts";
import { all, failureAt, watching } from "./watching.ts";

test.each([
  ["tcp://192.0.2.1:2375", "unsafe"],
  ["tcp://far.example:2375", "unsafe"],
  ["far://x", "misconfigured"],
  ["unix:///nowhere/docker.sock", "misconfigured"],
  ["tcp://127.0.0.1:1", "refused"],
])("DOCKER_HOST=%s is %s", async (host, code) => {
  expect(await failureAt(host)).toMatchObject({ code, where: expect.stringContaining("DOCKER_HOST=") });
});

test("a directory where the socket should be", async () => {
  const { folder } = await daemon();
  mkdirSync(join(folder, "dir"));
  expect(await failureAt(`unix://${folder}/dir`)).toMatchObject({ code: "misconfigured" });
});

test.runIf(process.getuid?.() === 0)("a socket that is somebody else's", async () => {
  const { socket, folder } = await daemon();
  chmodSync(folder, 0o755);
  chmodSync(socket, 0o600);
  process.seteuid?.(65_534);
  try {
    expect(await failureAt(`unix://${socket}`)).toMatchObject({ code: "denied" });
  } finally {
    process.seteuid?.(0);
  }
});

test("nobody home: every usual place is named, and Docker is absent", async () => {
  const { folder } = await daemon();
  const watched = watching(
    docker({ surroundings: { environment: {}, home: folder, root: join(folder, "root"), uid: 1000 } }),
  );
  await watched.ended;
  expect(watched.failure()).toMatchObject({
    code: "absent",
    where: join(folder, "root/var/run/docker.sock"),
  });
  const [looked] = watched.news;
  expect(looked).toMatchObject({
    looked: expect.arrayContaining([{ where: `${folder}/.docker/run/docker.sock`, found: false }]),
  });
});

test("one daemon behind two paths is one; two daemons are two", async () => {
  const [one, two] = [
    await daemon(),
    await daemon({ info: json({ ID: "OTHER" }), list: json(containers(5).slice(3)) }),
  ];
  const home = one.folder;
  for (const [path, socket] of [
    [".docker/run", one.socket],
    [".docker/desktop", one.socket],
    [".orbstack/run", two.socket],
  ] as const) {
    mkdirSync(join(home, path), { recursive: true });
    symlinkSync(socket, join(home, path, "docker.sock"));
  }
  const watched = watching(
    docker({ surroundings: { environment: {}, home, root: join(home, "root"), uid: 1000 } }),
  );
  onTestFinished(watched.stop);
  const claims = await watched.until(all);
  expect(claims.map(({ name }) => name).sort()).toEqual(["c1", "c2", "c3", "c4", "c5"]);
  expect(one.streams()).toBe(1);
  // Either one's death is the engine's: it starts over with the one that is left.
  two.endStreams();
  await watched.ended;
  expect(watched.failure()).toMatchObject({ code: "refused" });
});

test("Podman behind Docker's socket is Podman, and is asked once who it is", async () => {
  const one = await daemon({
    ping: (response) =>
      void response.writeHead(200, { "api-version": "1.41", "libpod-api-version": "4.3.1" }).end("OK"),
  });
  const surroundings = {
    environment: { DOCKER_HOST: `unix://${one.socket}` },
    home: one.folder,
    root: one.folder,
  };
  const engine = docker({ surroundings });
  for (let turn = 0; turn < 3; turn++) {
    const watched = watching(engine);
    await watched.ended;
    expect(watched.failure()).toMatchObject({ code: "absent" });
    expect(watched.news).toEqual([{ looked: [{ where: `DOCKER_HOST=${one.socket}`, found: false }] }]);
  }
  expect(one.hits).toEqual(["/_ping"]);
  const other = watching(podman({ surroundings }));
  onTestFinished(other.stop);
  expect((await other.until(all))[0]).toMatchObject({ engine: "podman", id: `podman:${idOf(1)}` });
});
