import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openLabHere } from "../../electron/cli/open-lab.ts";
import type { Race } from "../../shared/model/race.ts";
import { summaryOf } from "../../shared/race/summary.ts";
import { wish } from "../fixtures/race.ts";
import { long } from "../long.ts";
import { needs } from "../needs.ts";
import { ensureBusyboxImage } from "./busybox-image.ts";
import { podmanService } from "./docker-lab.ts";

const image = "localhost/tare-labpodman:1";
/** The guest takes most of the time, and is of Podman only as far as its files come from there. */
const kinds: Race["wish"]["kinds"] = long ? ["container", "vm"] : ["container"];

needs(
  "docker",
  "podman",
  "qemu",
  "kernel",
  "busybox",
  "root",
)("a race by Podman's service, where Docker is looked for", () => {
  const directory = mkdtempSync(join(tmpdir(), "tare-labpodman-"));
  let service: Awaited<ReturnType<typeof podmanService>>;
  beforeAll(async () => {
    ensureBusyboxImage();
    service = await podmanService();
    vi.stubEnv("DOCKER_HOST", `unix://${service.socket}`);
    const web = ["CMD httpd -f -p 8080 -h /tmp", "EXPOSE 8080/tcp"].flatMap((line) => ["-c", line]);
    await service.command("create", "--name", "tare-labpodman-base", "tare-busybox:1");
    await service.command("commit", "-q", "-f", "docker", ...web, "tare-labpodman-base", image);
    await service.command("rm", "tare-labpodman-base");
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await service?.close();
    rmSync(directory, { recursive: true, force: true });
  }, 30_000);

  test("its boxes are ready, phase by phase and weighed; the pair is Podman's; nothing is left", async () => {
    const lab = await openLabHere(directory);
    try {
      const { probe } = (await lab.probeOf(image)) as { probe: Race["wish"]["probe"] };
      expect(probe).toEqual({ kind: "port", port: 8080 });
      const subject = { kind: "image", image } as const;
      await lab.startRace({ ...wish, subject, probe, kinds, runs: 1, warmup: 0, keep: true });
      for (let after = 0; ; ) {
        const news = await lab.raceNews({ after });
        if (news === null) break;
        after = news.revision;
      }
      const [race] = (await lab.races({})) as [Race];
      expect(race.trials.map(({ trouble }) => trouble)).toEqual(kinds.map(() => null));
      expect(race.environment.docker).toMatch(/^Podman \d+\.\d+/);
      const box = race.trials.find(({ kind }) => kind === "container");
      const { created, netns, exec, ready } = box?.moments ?? {};
      const moments = [created, netns, exec, ready].map((at) => at ?? Number.NaN);
      expect(moments).toEqual([...moments].sort((one, other) => one - other));
      expect(summaryOf(race).halves.container.memory?.net).toBeGreaterThan(0);
      expect(race.pair).toHaveLength(kinds.length);
      const ours = (await service.command("ps", "-q", "--no-trunc")).split("\n").map((id) => `podman:${id}`);
      expect(race.pair).toEqual(expect.arrayContaining(ours));
      await lab.stopPair({});
      expect(await service.command("ps", "-aq")).toBe("");
    } finally {
      await lab.close();
    }
  }, 60_000);
});
