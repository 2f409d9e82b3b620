import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "../../electron/cli/ask.ts";
import type { Frame } from "../../shared/wire/frames.ts";
import { built, top } from "../built.ts";
import { enter, reader } from "../e2e/door/client.ts";
import { needs } from "../needs.ts";
import { followApp } from "./app-lab.ts";
import { busyboxImage, ensureBusyboxImage } from "./busybox-image.ts";
import { dockerCommand, eventually, removeContainers } from "./docker-lab.ts";

const prefix = "tare-app-recorded-";
const name = `${prefix}web`;
const MiB = 2 ** 20;

needs(
  "docker",
  "busybox",
  "root",
)("a recording of this machine", () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    built();
    ensureBusyboxImage();
    await removeContainers(prefix);
    folder = mkdtempSync(join(tmpdir(), "tare-app-"));
    file = join(folder, "sample.tare");
    const fill = "dd if=/dev/zero of=/dev/shm/held bs=1M count=12; exec sleep 1000";
    const options = ["--name", name, "--network", "none", "--memory", "48m"];
    await dockerCommand(["run", "-d", ...options, busyboxImage, "sh", "-c", fill]);
    const record = [join(top, "electron/start.mjs"), "record", "--for", "5s", "--only", name, file];
    const { status, stderr } = spawnSync(process.execPath, record, { encoding: "utf8", timeout: 60_000 });
    if (status !== 0) throw new Error(stderr);
    await removeContainers(prefix);
  }, 120_000);
  afterAll(async () => {
    await removeContainers(prefix);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test("is played as one: its figures, its end, and nothing of what runs here now", async () => {
    const app = await followApp({ replay: file });
    try {
      // A recording may begin before its engines have answered.
      await app.until(() => expect(app.instances()).toHaveLength(1));
      expect(app.app.source.live).toBe(false);
      expect(app.instances()).toMatchObject([
        {
          instance: { name, engine: "docker", state: "running", weighed: "cgroup" },
          sample: { memoryLimit: 48 * MiB, pids: 1 },
        },
      ]);
      const id = app.instances()[0]?.instance.id ?? "";
      const net = app.instances()[0]?.sample?.net ?? 0;
      expect(net).toBeGreaterThanOrEqual(12 * MiB);
      expect(net).toBeLessThan(14 * MiB);
      const replay = () => app.frames.at(-1)?.replay;
      expect(replay()).toMatchObject({ name: "sample.tare", sample: false });
      // A pause tells all of it again, and forgets nothing of what was played.
      await app.until(() => expect(app.samplesOf(id).length).toBeGreaterThan(2));
      app.app.source.steer({ playing: false });
      await app.until(() => expect(replay()?.playing).toBe(false));
      const played = async () => (await ask(app.app, "recent", { points: 120 }))[id]?.gross ?? [];
      expect((await played()).filter((gross) => gross !== null).length).toBeGreaterThan(2);
      app.app.source.steer({ playing: true });
      // At its end it stops there, and goes nowhere.
      const { to } = replay() ?? {};
      await app.until(() => expect(replay()).toMatchObject({ playing: false, position: to }));
    } finally {
      await app.close();
    }
  }, 60_000);

  test("that ships as the sample is played, labelled, where there is nothing to watch", async () => {
    // Tare as it is built, with this recording as its sample, on a machine without engines: no program is found, no
    // socket, no process of others, no cgroup.
    const place = join(folder, "tare");
    mkdirSync(place);
    cpSync(join(top, "dist"), join(place, "dist"), { recursive: true });
    cpSync(join(top, "package.json"), join(place, "package.json"));
    symlinkSync(join(top, "node_modules"), join(place, "node_modules"));
    cpSync(file, join(place, "dist/page/sample.tare"));
    const bare = `mount -t tmpfs none /sys/fs/cgroup && mount -t tmpfs none /run && exec env -i HOME=${folder} PATH=/nowhere DOCKER_HOST=unix:///nowhere/docker.sock ${process.execPath} ${place}/dist/electron/cli.js --web --no-open`;
    const tare = spawn(
      "unshare",
      ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", bare],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    const ended = new Promise((resolve) => tare.once("exit", resolve));
    let said = "";
    tare.stdout.on("data", (data: Buffer) => {
      said += data;
    });
    try {
      await eventually(() => said.includes("\n"), 20_000);
      const [, port = "", token = ""] = /:(\d+)\/#t=(\S+)$/m.exec(said) ?? [];
      const frames: Frame[] = [];
      const page = reader(await enter(Number(port), token), (frame) => frames.push(frame));
      await eventually(() => frames.at(-1)?.replay?.sample === true, 20_000);
      expect(frames.at(-1)?.replay).toMatchObject({ name: "sample.tare", sample: true, playing: true });
      const came = () => frames.flatMap((frame) => frame.came.map((instance) => instance.name));
      await eventually(() => came().length > 0, 20_000);
      expect(new Set(came())).toEqual(new Set([name]));
      // Played again and again: it comes back to its beginning.
      await eventually(() => {
        const positions = frames.map(({ replay }) => replay?.position ?? 0);
        return positions.some((position, index) => position < (positions[index - 1] ?? 0));
      }, 20_000);
      page.close();
    } finally {
      tare.kill("SIGKILL");
      await ended;
    }
  }, 90_000);

  test("cut short or overwritten is refused in one line, with exit code 2", () => {
    const cut = join(folder, "cut.tare");
    execFileSync("dd", [`if=${file}`, `of=${cut}`, "bs=1000", "count=9"], { stdio: "ignore" });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(top, "electron/start.mjs"), "--web", "--no-open", "--replay", cut],
      { encoding: "utf8", timeout: 50_000, env: { ...process.env, LC_ALL: "C" } },
    );
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^cut\.tare .+\.\n$/);
  }, 60_000);
});
