import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { docker } from "../../electron/engines/docker/docker.ts";
import { needs } from "../needs.ts";
import { all, event, known, watching } from "../unit/electron/engines/docker-api/watching.ts";
import { ensureBusyboxImage, busyboxImage as image } from "./busybox-image.ts";
import { dockerCommand, removeContainers } from "./docker-lab.ts";

const prefix = "tare-docker-";
/** Our own containers only: others test beside us. */
const run = (name: string, options: readonly string[], ...command: readonly string[]) =>
  dockerCommand(["run", "-d", "--network", "none", "--name", prefix + name, ...options, image, ...command]);

needs("docker", "busybox")("Docker", () => {
  let watched: ReturnType<typeof watching>;
  beforeAll(async () => {
    ensureBusyboxImage();
    await removeContainers(prefix);
    watched = watching(docker({}));
    await watched.until(all);
  }, 30_000);
  afterAll(async () => {
    await watched.stop();
    await removeContainers(prefix);
  }, 30_000);
  afterEach(() => removeContainers(prefix));
  const of = (id: string) => ({ engine: "docker", id: `docker:${id}` });
  const eventOf = (kind: string, id: string) =>
    watched.until((news) => {
      const found = event(kind)(news);
      return found && found.instance === `docker:${id}` && found;
    });

  test("a container is claimed with its limits and its cgroup, within a second of its start", async () => {
    const id = await run(
      "run",
      [
        "--memory",
        "64m",
        "--cpus",
        "0.5",
        "--pids-limit",
        "20",
        "--label",
        "com.docker.compose.project=shop",
      ],
      "sleep",
      "60",
    );
    const claim = await watched.until(
      known((one) => one.id === `docker:${id}` && one.imageSize !== null && one.state === "running"),
      1_000,
    );
    const told = JSON.parse(await dockerCommand(["inspect", id]))[0];
    expect(claim).toMatchObject({
      ...of(id),
      kind: "container",
      name: `${prefix}run`,
      state: "running",
      group: "shop",
      image,
      createdAt: Date.parse(told.Created),
      startedAt: Date.parse(told.State.StartedAt),
      reported: { memory: 64 << 20, cpu: 0.5, pids: 20 },
      pid: told.State.Pid,
      detailed: true,
    });
    expect(claim.imageSize).toBe(Number(await dockerCommand(["image", "inspect", "-f", "{{.Size}}", image])));
    if (claim.handle?.via !== "cgroup") throw new Error(`weighed via ${claim.handle?.via}`);
    const paths = Object.values(claim.handle.paths).filter((path) => path !== null);
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      expect(path.endsWith(id)).toBe(true);
      expect(readFileSync(`${path}/cgroup.procs`, "utf8").split("\n")).toContain(String(told.State.Pid));
    }
  });

  test("pause, rename, update, restart, kill, removal: each an event, and the claim follows", async () => {
    const id = await run("life", ["--memory", "64m", "--memory-swap", "-1"], "sleep", "60");
    const mine = (is: Parameters<typeof known>[0]) =>
      watched.until(known((one) => one.id === `docker:${id}` && is(one)));
    await mine(({ detailed }) => detailed);
    const steps: readonly [readonly string[], string, string | null, Parameters<typeof known>[0]][] = [
      [["pause"], "paused", null, ({ state }) => state === "paused"],
      [["unpause"], "resumed", null, ({ state }) => state === "running"],
      [
        ["rename", `${prefix}other`],
        "renamed",
        `${prefix}life -> ${prefix}other`,
        ({ name }) => name === `${prefix}other`,
      ],
      [
        ["update", "--memory", "80m", "--memory-swap", "160m"],
        "limits-changed",
        "64.0 MiB -> 80.0 MiB",
        ({ reported }) => reported.memory === 80 << 20,
      ],
      [["restart", "-t", "0"], "restarted", null, () => true],
      [["kill"], "died", "137", ({ state, handle }) => state === "stopped" && handle === null],
    ];
    for (const [[verb = "", ...more], kind, detail, is] of steps) {
      const target = verb === "rename" ? [id, ...more] : [...more, id];
      await dockerCommand([verb, ...target]);
      expect(await eventOf(kind, id)).toMatchObject({ detail });
      await mine(is);
    }
    await dockerCommand(["rm", "-f", id]);
    await watched.until((news) => "went" in news && news.went === `docker:${id}`);
  }, 20_000);

  test("killed for memory: said before it died of it", async () => {
    const id = await run("oom", ["--memory", "8m", "--memory-swap", "8m"], "tail", "/dev/zero");
    const killed = await eventOf("oom-kill", id);
    const died = await eventOf("died", id);
    expect(died.detail).toBe("137");
    expect(killed.at).toBeLessThanOrEqual(died.at);
  }, 20_000);

  test("a health check is told when it turns", async () => {
    const id = await run("health", ["--health-cmd", "true", "--health-interval", "1s"], "sleep", "60");
    await watched.until(
      known((one) => one.id === `docker:${id}` && one.health === "healthy"),
      8_000,
    );
  }, 20_000);
});
