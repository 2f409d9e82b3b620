import { existsSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { docker } from "../../electron/engines/docker/docker.ts";
import { findPeer } from "../../electron/engines/docker-api/peer.ts";
import { podman } from "../../electron/engines/podman/podman.ts";
import { needs } from "../needs.ts";
import { all, event, known, watching } from "../unit/electron/engines/docker-api/watching.ts";
import { ensureBusyboxImage, busyboxImage as image } from "./busybox-image.ts";
import { podmanService } from "./docker-lab.ts";

const prefix = "tare-docker-";

needs(
  "docker",
  "podman",
  "busybox",
  "root",
)("Podman beside Docker", () => {
  let service: Awaited<ReturnType<typeof podmanService>>;
  beforeAll(async () => {
    ensureBusyboxImage();
    service = await podmanService();
  }, 40_000);
  afterAll(() => service?.close(), 30_000);

  test("its containers are Podman's, with its own cgroup; its life is told; Docker has none of it", async () => {
    const surroundings = { environment: { CONTAINER_HOST: `unix://${service.socket}` } };
    const watched = watching(podman({ surroundings }));
    const beside = watching(docker({}));
    try {
      await watched.until(all);
      // By the inode of its socket: it has no pid file.
      const peer = findPeer(service.socket);
      expect([peer?.pid, peer?.look()]).toEqual([service.pid, "runs"]);
      peer?.close();
      expect(watched.news).toContainEqual({
        ready: { version: expect.stringMatching(/^\d+\.\d+/), where: `CONTAINER_HOST=${service.socket}` },
      });
      const id = await service.command(
        ...[
          "run",
          "-d",
          "--network",
          "none",
          "--memory",
          "64m",
          "--name",
          `${prefix}pod`,
          image,
          "sleep",
          "60",
        ],
      );
      const mine = (is: Parameters<typeof known>[0]) =>
        watched.until(known((one) => one.id === `podman:${id}` && is(one)));
      const claim = await mine(({ imageSize }) => imageSize !== null);
      expect(claim).toMatchObject({
        name: `${prefix}pod`,
        image,
        state: "running",
        health: null,
        reported: { memory: 64 << 20 },
      });
      if (claim.handle?.via !== "cgroup") throw new Error(`weighed via ${claim.handle?.via}`);
      expect(claim.handle.paths.memory ?? claim.handle.paths.unified).toContain(`libpod-${id}`);
      expect(existsSync(claim.handle.paths.memory ?? claim.handle.paths.unified ?? "")).toBe(true);
      await service.command("pause", id);
      await watched.until(event("paused"));
      await service.command("unpause", id);
      await watched.until(event("resumed"));
      await service.command("rename", id, `${prefix}pod2`);
      expect(await watched.until(event("renamed"))).toMatchObject({
        detail: `${prefix}pod -> ${prefix}pod2`,
      });
      await service.command("kill", id);
      expect(await watched.until(event("died"))).toMatchObject({ detail: "137" });
      await service.command("rm", "-f", id);
      await watched.until((news) => "went" in news && news.went === `podman:${id}`);
      const claims = await beside.until(all);
      expect(claims.some((one) => one.id.endsWith(id))).toBe(false);
    } finally {
      await watched.stop();
      await beside.stop();
    }
  }, 40_000);
});
