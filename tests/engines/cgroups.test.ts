import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { cgroups } from "../../electron/engines/cgroups/cgroups.ts";
import { docker } from "../../electron/engines/docker/docker.ts";
import { needs } from "../needs.ts";
import { busyboxImage, ensureBusyboxImage } from "./busybox-image.ts";
import { type Watched, watchTogether } from "./vms-lab.ts";

const run = (program: string, args: readonly string[], env = process.env) =>
  execFileSync(program, args, {
    encoding: "utf8",
    timeout: 60_000,
    stdio: ["ignore", "pipe", "pipe"],
    env,
  }).trim();

function quietly(program: string, ...args: readonly string[]): void {
  try {
    run(program, args);
  } catch {
    // nothing there to remove
  }
}

/** The instance of this id, as the engines under watch see it together. */
const byId = (watched: Watched, id: string) => {
  watched.changes();
  return watched.census.instances.get(id);
};

/** What an instance's handle weighs now, by the kernel's own file. */
function charged(watched: Watched, id: string): number {
  const handle = watched.census.handle(id);
  if (handle?.via !== "cgroup") throw new Error(`weighed via ${handle?.via}`);
  const { memory, unified } = handle.paths;
  return Number(
    readFileSync(memory ? `${memory}/memory.usage_in_bytes` : `${unified}/memory.current`, "utf8"),
  );
}

let watched: Watched;
afterEach(() => watched.close());

needs(
  "lxc",
  "busybox",
  "root",
)("an LXC container", () => {
  const name = "tare-vms-lxc";
  let folder: string;
  const lxc = (command: string, ...args: readonly string[]) =>
    run(`lxc-${command}`, ["-P", folder, "-n", name, ...args]);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tare-vms-lxc-"));
    lxc("create", "-t", "busybox");
    const config = join(folder, name, "config");
    const lines = readFileSync(config, "utf8")
      .split("\n")
      .filter((line) => !/^lxc\.(?:net|apparmor)/.test(line));
    writeFileSync(
      config,
      [...lines, "lxc.net.0.type = empty", "lxc.apparmor.profile = unconfined", ""].join("\n"),
    );
  });
  afterAll(() => {
    quietly("lxc-stop", "-P", folder, "-n", name, "-k");
    quietly("lxc-destroy", "-P", folder, "-n", name);
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    watched = watchTogether(cgroups({ services: false }));
  });

  test("is one instance by its cgroup, from start to stop", async () => {
    const before = Date.now();
    lxc("start", "-d");
    await watched.until(() =>
      expect(byId(watched, `lxc:${name}`)).toMatchObject({
        engine: "lxc",
        kind: "container",
        name,
        state: "running",
        weighed: "cgroup",
      }),
    );
    expect(charged(watched, `lxc:${name}`)).toBeGreaterThan(0);
    expect(byId(watched, `lxc:${name}`)?.startedAt).toBeGreaterThan(before - 1_000);
    expect([...watched.census.instances.keys()].filter((id) => id.includes(name))).toEqual([`lxc:${name}`]);
    lxc("stop", "-k");
    await watched.until(() => expect(byId(watched, `lxc:${name}`)).toBeUndefined());
    const kinds = watched.events.filter(({ instance }) => instance === `lxc:${name}`).map(({ kind }) => kind);
    expect(kinds).toEqual(["started", "stopped"]);
  });
});

needs(
  "podman",
  "docker",
  "busybox",
  "root",
)("a Podman container without Podman's socket", () => {
  const name = "tare-vms-podman";
  let folder: string;
  const podman = (...args: readonly string[]) =>
    run("podman", ["--root", join(folder, "data"), "--runroot", join(folder, "run"), ...args], {
      ...process.env,
      CONTAINERS_CONF: join(folder, "containers.conf"),
    });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tare-vms-podman-"));
    mkdirSync(join(folder, "run"));
    // runc, because crun refuses hybrid cgroups; small limits, since the machine may not raise them.
    writeFileSync(
      join(folder, "containers.conf"),
      '[containers]\ndefault_ulimits=["nofile=1024:1024","nproc=4096:4096"]\n[engine]\nruntime="runc"\ncgroup_manager="cgroupfs"\n',
    );
    ensureBusyboxImage();
    run("docker", ["save", "-o", join(folder, "image.tar"), busyboxImage]);
    podman("load", "-q", "-i", join(folder, "image.tar"));
  });
  afterAll(() => {
    try {
      podman("rm", "-fa", "-t", "0");
    } finally {
      quietly("umount", join(folder, "data/overlay"));
      rmSync(folder, { recursive: true, force: true });
    }
  });
  beforeEach(() => {
    watched = watchTogether(cgroups({ services: false }));
  });

  test("is Podman's by its path, and its conmon is none", async () => {
    const id = podman("run", "-d", "--network", "none", "--name", name, busyboxImage, "sleep", "600");
    await watched.until(() =>
      expect(byId(watched, `podman:${id}`)).toMatchObject({
        engine: "podman",
        name: id.slice(0, 12),
        weighed: "cgroup",
      }),
    );
    expect(charged(watched, `podman:${id}`)).toBeGreaterThan(0);
    expect([...watched.census.instances.values()].filter(({ engine }) => engine === "podman")).toHaveLength(
      1,
    );
    podman("rm", "-f", "-t", "0", name);
    await watched.until(() => expect(byId(watched, `podman:${id}`)).toBeUndefined());
  });
});

needs(
  "docker",
  "busybox",
  "root",
)("a Docker container", () => {
  const name = "tare-vms-docker";
  const parent = "/tare-vms-parent";
  const remove = () => quietly("docker", "rm", "-f", name);
  beforeAll(() => {
    remove();
    ensureBusyboxImage();
  });
  afterEach(() => {
    remove();
    // Docker leaves the parent that it made; it is empty now, in each hierarchy.
    for (const mount of readdirSync("/sys/fs/cgroup"))
      if (existsSync(`/sys/fs/cgroup/${mount}${parent}`)) rmdirSync(`/sys/fs/cgroup/${mount}${parent}`);
    if (existsSync(`/sys/fs/cgroup${parent}`)) rmdirSync(`/sys/fs/cgroup${parent}`);
  });
  const start = (...args: readonly string[]) =>
    run("docker", ["run", "-d", "--network", "none", "--name", name, ...args, busyboxImage, "sleep", "600"]);

  test("is found without Docker's socket, and followed through a restart", async () => {
    watched = watchTogether(cgroups({ services: false }));
    const id = start();
    await watched.until(() =>
      expect(byId(watched, `docker:${id}`)).toMatchObject({
        engine: "docker",
        name: id.slice(0, 12),
        weighed: "cgroup",
      }),
    );
    const before = byId(watched, `docker:${id}`)?.startedAt ?? 0;
    run("docker", ["restart", "-t", "0", name]);
    await watched.until(() => expect(byId(watched, `docker:${id}`)?.startedAt).toBeGreaterThan(before));
  });

  test("is known by its shim under a parent of its own", async () => {
    watched = watchTogether(cgroups({ services: false }));
    const id = start("--cgroup-parent", parent);
    await watched.until(() => expect(byId(watched, `docker:${id}`)).toMatchObject({ engine: "docker" }));
    expect(charged(watched, `docker:${id}`)).toBeGreaterThan(0);
  });

  test("is one instance with Docker's own claim, whose name wins", async () => {
    watched = watchTogether(docker({}), cgroups({ services: false }));
    const id = start();
    await watched.until(() =>
      expect(byId(watched, `docker:${id}`)).toMatchObject({ name, image: busyboxImage }),
    );
    const tellers = () =>
      watched.news.flatMap(({ engine, news }) => {
        const claims = "came" in news ? [news.came] : "all" in news ? news.all : [];
        return claims.some((claim) => claim.id === `docker:${id}`) ? [engine] : [];
      });
    await watched.until(() => expect(new Set(tellers())).toEqual(new Set(["docker", "cgroup"])));
    watched.changes();
    expect([...watched.census.instances.keys()].filter((one) => one.includes(id))).toEqual([`docker:${id}`]);
    expect(byId(watched, `docker:${id}`)?.name).toBe(name);
  });
});
