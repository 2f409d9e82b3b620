import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { containerStarter } from "../../electron/lab/container/trial.ts";
import { findLabDaemon, type LabDaemon } from "../../electron/lab/docker-daemon.ts";
import { type Notes, notesFolder, openNotes } from "../../electron/lab/notes.ts";
import type { Workload } from "../../electron/lab/workload.ts";
import { workloadOf } from "../../electron/lab/workload-of.ts";
import type { Probe } from "../../shared/model/race.ts";
import { needs } from "../needs.ts";
import { busyboxTar } from "./busybox-image.ts";
import { dockerCommand } from "./docker-lab.ts";

const forever = AbortSignal.timeout(600_000);
const images: string[] = [];
const options = { giveUp: 20_000, weigh: false, keep: false, saw: () => undefined };
const port = (port: number): Probe => ({ kind: "port", port });

needs(
  "docker",
  "busybox",
  "root",
)("a container trial", () => {
  let daemon: LabDaemon;
  let notes: Notes;
  const directory = mkdtempSync(join(tmpdir(), "tare-labct-"));

  beforeAll(async () => {
    daemon = await findLabDaemon(forever);
    notes = openNotes(directory);
  });
  afterAll(async () => {
    expect(await ours()).toEqual([]);
    notes.close();
    expect(readdirSync(notesFolder(directory))).toEqual([]);
    daemon.close();
    rmSync(directory, { recursive: true });
    for (const image of images) await dockerCommand(["rmi", "-f", image]);
  });

  const ours = async () =>
    (await dockerCommand(["ps", "-aq", "--filter", `label=io.tare.trial=${notes.run}`]))
      .split("\n")
      .filter(Boolean);

  /** An image of busybox with these lines of a Dockerfile, as a workload. */
  const workload = async (name: string, changes: readonly string[], probe: Probe): Promise<Workload> => {
    const image = `tare-labct-${name}:1`;
    images.push(image);
    await daemon.docker.import(Readable.from([busyboxTar()]), image, changes, forever);
    const wish = { probe, memory: 128 << 20, cpus: 1 };
    return workloadOf(await daemon.docker.image(image, forever), image, wish, process.arch);
  };
  const shell = (script: string) => [`CMD ["/bin/sh", "-c", ${JSON.stringify(script)}]`];

  test("a server on a port: every moment, in its order, and weighed as Scale weighs", async () => {
    const web = await workload("web", shell("exec httpd -f -p 8080"), port(8080));
    const outcome = await containerStarter(daemon, web, notes).run({ ...options, weigh: true }, forever);
    expect(outcome.trouble).toBeNull();
    const { created = 0, netns = 0, exec = 0, startedAt = 0, ready = 0 } = outcome.moments;
    expect(created).toBeGreaterThan(0);
    expect(netns).toBeGreaterThan(created);
    expect(exec).toBeGreaterThanOrEqual(netns);
    expect(startedAt).toBeGreaterThan(created);
    expect(ready).toBeGreaterThanOrEqual(exec);
    expect(outcome.memory?.net).toBeGreaterThan(0);
    expect(await ours()).toEqual([]);
  });
  test("true", async () => {
    const web = await workload("true", ['CMD ["/bin/true"]'], { kind: "exit" });
    const starter = containerStarter(daemon, web, notes);
    for (let i = 0; i < 5; i++)
      console.log(JSON.stringify(await starter.run({ ...options, weigh: true }, forever)));
  });
});
